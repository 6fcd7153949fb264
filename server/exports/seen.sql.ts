import type { OrgScope } from "@/server/auth/scope";
import type { Seen } from "@/server/exports/schedules/runs";

/** When this snapshot was made and which transactions it sees; for a scope that reads one snapshot. */
export async function whatIsSeen(scope: OrgScope): Promise<Seen> {
  const [seen] = await scope.db.$queryRaw<Seen[]>`
    select clock_timestamp() as "takenAt", pg_current_snapshot()::text as snapshot`;
  if (!seen) throw new Error("a database has a clock");
  return seen;
}
