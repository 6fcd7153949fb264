import type { OrgScope } from "@/server/auth/scope";

/** Lets one change of the org's allocation at a time go on: what a change keeps of a timeline, it has read before. */
export async function lockAllocation({ db, org }: OrgScope): Promise<void> {
  await db.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`allocation:${org.id}`}, 0))::text`;
}
