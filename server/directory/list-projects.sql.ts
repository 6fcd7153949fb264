import type { OrgScope } from "@/server/auth/scope";

export type ListedProject = {
  id: string;
  name: string | null;
  state: "active" | "archived" | "deleted";
  connectionId: string;
  connectionName: string;
  createdAt: Date | null;
};

/** All projects the directory ever showed, of connections that were not deleted. */
export function listProjects(scope: OrgScope): Promise<ListedProject[]> {
  return scope.db.$queryRaw<ListedProject[]>`
    select d.id, d.name, d.connection_id as "connectionId", c.name as "connectionName",
      case when d.removed_at is not null then 'deleted' when d.data ->> 'status' = 'archived' then 'archived' else 'active' end as state,
      to_timestamp((d.data ->> 'created_at')::double precision) as "createdAt"
    from directory_items d
    join connections c on c.org_id = d.org_id and c.id = d.connection_id
    where d.org_id = ${scope.org.id}::uuid and d.kind = 'project' and c.status <> 'deleted'
    order by c.created_at, lower(d.name), d.id`;
}
