import { prisma } from "@/server/db/client";
import { env } from "@/server/env";
import { notFound } from "@/server/lib/errors";

/** Whoever runs the installation: the addresses of OPERATOR_EMAILS; with none named, the first account that was made. */
export async function isOperator({ id, email }: { id: string; email: string }): Promise<boolean> {
  const named = env().OPERATOR_EMAILS;
  if (named.length > 0) return named.includes(email);
  const first = await prisma().user.findFirst({ orderBy: [{ createdAt: "asc" }, { id: "asc" }], select: { id: true } });
  return first?.id === id;
}

/** @throws AppError not_found: to everybody else there is nothing of the kind */
export async function assertOperator(user: { id: string; email: string }): Promise<void> {
  if (!(await isOperator(user))) throw notFound("page");
}
