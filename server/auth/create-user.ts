import { hashPassword } from "@/server/auth/password";
import { assertPasswordAllowed } from "@/server/auth/password-policy";
import type { SignUpInput } from "@/server/auth/schema";
import { prisma } from "@/server/db/client";
import { AppError } from "@/server/lib/errors";

/**
 * Creates a person's account at the operator's word, who vouches for the address.
 * @throws AppError conflict when the address is taken, invalid for a password that is guessed first
 */
export async function createUser(input: SignUpInput): Promise<{ id: string; email: string }> {
  await assertPasswordAllowed(input.password, input);
  const isNew = await insertUser(input, { emailVerifiedAt: new Date() });
  if (!isNew) {
    throw new AppError("conflict", "email_taken", { message: "An account with this e-mail address already exists." });
  }
  return prisma().user.findFirstOrThrow({ where: { email: input.email }, select: { id: true, email: true } });
}

/** @returns false when the address has an account, which is left as it is; takes as long either way */
export async function insertUser(
  { email, name, password, locale }: SignUpInput,
  { emailVerifiedAt }: { emailVerifiedAt: Date | null },
): Promise<boolean> {
  const passwordHash = await hashPassword(password);
  const { count } = await prisma().user.createMany({
    data: [{ email, name, passwordHash, locale, emailVerifiedAt }],
    skipDuplicates: true,
  });
  return count === 1;
}
