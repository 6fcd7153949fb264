import type { Prisma } from "@/server/db/generated/client";

/** Lets one change of an account's ways in at a time go on, in any process, until the transaction ends. */
export async function lockAccount(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  await tx.$queryRaw`select id from users where id = ${userId}::uuid for no key update`;
}
