import { hash, verify } from "@node-rs/argon2";

/** OWASP's argon2id floor with room above it: 19 MiB, two passes. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string) => hash(password, parameters);

/** What a password is compared with when the account does not exist, so that the answer takes as long. */
const decoy = hashPassword("no account has this password");

/** True only for the right password of an existing account; takes the same time either way. */
export async function verifyPassword(password: string, passwordHash: string | null | undefined): Promise<boolean> {
  const isRight = await verify(passwordHash ?? (await decoy), password);
  return isRight && Boolean(passwordHash);
}

const current = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;

/** Whether a hash was made with other parameters than today's: it is made anew when the password is at hand. */
export const isHashOutdated = (passwordHash: string) => !passwordHash.startsWith(current);
