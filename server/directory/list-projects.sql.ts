import type { OrgScope } from "@/server/auth/scope";

export type ListedProject = {
  id: string;
  /** The organization's own name for it, else the provider's. */
  name: string | null;
  providerName: string | null;
  state: "active" | "archived" | "deleted";
  connectionId: string;
  connectionName: string;
  createdAt: Date | null;
};

/** All projects the directory ever showed, of connections that were not deleted, and those that only imported files name. */
export function listProjects(scope: OrgScope): Promise<ListedProject[]> {
  return scope.db.$queryRaw<ListedProject[]>`
    select d.id, coalesce(a.name, d.name) as name, d.name as "providerName", d.connection_id as "connectionId", c.name as "connectionName",
      case when d.removed_at is not null then 'deleted' when d.data ->> 'status' = 'archived' then 'archived' else 'active' end as state,
      to_timestamp((d.data ->> 'created_at')::double precision) as "createdAt"
    from directory_items d
    join connections c on c.org_id = d.org_id and c.id = d.connection_id
    left join directory_aliases a on a.org_id = d.org_id and a.kind = d.kind and a.item_id = d.id
    where d.org_id = ${scope.org.id}::uuid and d.kind = 'project' and (c.status <> 'deleted' or c.kind = 'import' and not exists (
      select from directory_items o join connections oc on oc.org_id = o.org_id and oc.id = o.connection_id
      where o.org_id = d.org_id and o.kind = d.kind and o.id = d.id and o.connection_id <> d.connection_id
        and (oc.kind = 'provider' and oc.status <> 'deleted' or oc.kind = 'import' and (oc.created_at, oc.id) > (c.created_at, c.id))))
    order by c.created_at, lower(coalesce(a.name, d.name)), d.id`;
}
