import { prisma } from "@/server/db/client";
import { AppError } from "@/server/lib/errors";
import { hashPassword } from "@/server/auth/password";
import type { SignUpInput } from "@/server/auth/schema";

/** Creates a person's account. @throws AppError conflict when the address is taken. */
export async function createUser(input: SignUpInput): Promise<{ id: string; email: string }> {
  const passwordHash = await hashPassword(input.password);
  const { count } = await prisma().user.createMany({
    data: [{ email: input.email, name: input.name, passwordHash }],
    skipDuplicates: true,
  });
  if (count === 0) {
    throw new AppError("conflict", "email_taken", { message: "An account with this e-mail address already exists." });
  }
  return prisma().user.findFirstOrThrow({ where: { email: input.email }, select: { id: true, email: true } });
}
