import { prisma } from "@/server/db/client";
import { verifyPassword } from "@/server/auth/password";
import { SignInInput } from "@/server/auth/schema";

/** The account behind an address and a password, or null; never tells which of the two was wrong. */
export async function authenticate(credentials: unknown): Promise<{ id: string; email: string; name: string } | null> {
  const input = SignInInput.safeParse(credentials);
  if (!input.success) return null;
  const user = await prisma().user.findFirst({
    where: { email: input.data.email },
    select: { id: true, email: true, name: true, passwordHash: true },
  });
  if (!(await verifyPassword(input.data.password, user?.passwordHash)) || !user) return null;
  return { id: user.id, email: user.email, name: user.name };
}
