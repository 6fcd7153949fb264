import type { OrgScope } from "@/server/auth/scope";
import type { UtcDay } from "@/server/lib/time";

/** So many of the latest; those of long ago are read from the facts. */
const MAX_EDGES = 60;

/** The UTC days with which any label begins or ends, the latest first. */
export async function labelEdges(scope: OrgScope): Promise<UtcDay[]> {
  const rows = await scope.db.$queryRaw<{ day: UtcDay }[]>`
    select to_char(day, 'YYYY-MM-DD') as day from (
      select from_day as day from tag_values where org_id = ${scope.org.id}::uuid
      union select from_day from allocation_rules where org_id = ${scope.org.id}::uuid
    ) edges order by 1 desc limit ${MAX_EDGES}`;
  return rows.map(({ day }) => day);
}
