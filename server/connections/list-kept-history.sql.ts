import type { OrgScope } from "@/server/auth/scope";
import type { KeptHistory } from "@/server/connections/schema";

type Row = Omit<KeptHistory, "deletedAt"> & { deletedAt: Date };

/** Deleted connections that left anything behind, newest first; those being erased until nothing of them is left. */
export async function listKeptHistory(scope: OrgScope): Promise<KeptHistory[]> {
  const rows = await scope.db.$queryRaw<Row[]>`
    select c.id, c.name, c.is_sample as "isSample", c.openai_org_id as "openaiOrgId", c.openai_org_name as "openaiOrgName",
      c.status_changed_at as "deletedAt", c.erase_requested_at is not null as "isErasing",
      to_char(lower(s.coverage) at time zone 'UTC', 'YYYY-MM-DD') as "coveredFrom",
      to_char(upper(s.coverage) at time zone 'UTC', 'YYYY-MM-DD') as "coveredTo"
    from connections c
    left join streams s on s.org_id = c.org_id and s.connection_id = c.id and s.name = 'costs.project'
    where c.org_id = ${scope.org.id}::uuid and c.status = 'deleted' and c.kind = 'provider'
      and (c.erase_requested_at is not null
        or exists (select from streams any_of where any_of.org_id = c.org_id and any_of.connection_id = c.id))
    order by c.status_changed_at desc, c.id`;
  return rows.map((row) => ({ ...row, deletedAt: row.deletedAt.toISOString() }));
}
