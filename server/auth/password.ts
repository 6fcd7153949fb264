import { hash, verify } from "@node-rs/argon2";
import pLimit from "p-limit";
import { AppError } from "@/server/lib/errors";

/** OWASP's argon2id floor with room above it: 19 MiB, two passes. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Strangers decide how often this is done. Each takes a core for tens of milliseconds: two at a time leave some for others,
 * and who would wait for seconds hears so at once.
 */
const turns = pLimit(2);
const MAX_WAITING = 100;

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (turns.pendingCount < MAX_WAITING) return turns(work);
  return Promise.reject(new AppError("limit", "too_many_requests", { message: "Too many requests. Try again later." }));
}

/** @throws AppError limit when too many wait */
export const hashPassword = (password: string) => inTurn(() => hash(password, parameters));

/** What a password is compared with when the account does not exist, so that the answer takes as long. */
const decoy = hashPassword("no account has this password");

/**
 * True only for the right password of an existing account; takes the same time either way.
 * @throws AppError limit when too many wait
 */
export async function verifyPassword(password: string, passwordHash: string | null | undefined): Promise<boolean> {
  const compared = passwordHash ?? (await decoy);
  const isRight = await inTurn(() => verify(compared, password));
  return isRight && Boolean(passwordHash);
}

const current = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;

/** Whether a hash was made with other parameters than today's: it is made anew when the password is at hand. */
export const isHashOutdated = (passwordHash: string) => !passwordHash.startsWith(current);
