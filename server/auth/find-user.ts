import { prisma } from "@/server/db/client";
import { notFound } from "@/server/lib/errors";

/** A person's account by address, in any case. @throws AppError not_found */
export async function findUserByEmail(email: string): Promise<{ id: string; email: string }> {
  const user = await prisma().user.findFirst({
    where: { email: email.trim().toLowerCase() },
    select: { id: true, email: true },
  });
  if (!user) throw notFound("user");
  return user;
}
