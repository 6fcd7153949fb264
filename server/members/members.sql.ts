import type { OrgScope } from "@/server/auth/scope";

/**
 * Lets one change of the org's members at a time go on, in any process, until the transaction ends. NO KEY UPDATE does
 * not get in the way of rows that refer to the org.
 */
export async function lockMembers({ db, org }: OrgScope): Promise<void> {
  await db.$queryRaw`select id from orgs where id = ${org.id}::uuid for no key update`;
}
