import type { OrgScope } from "@/server/auth/scope";
import type { DirectoryKind } from "@/server/directory/lists";
import { storableJson } from "@/server/lib/text";

export type StoredList = { connectionId: string; kind: DirectoryKind; parentId: string };
export type ListedItem = { id: string; name: string | null; data: object };
export type ListChanges = { seen: number; written: number; removed: number };

/**
 * Makes a stored list equal to what the provider listed. Items it no longer lists stay with removed_at set, so that
 * names outlive deletion; unchanged items are not written.
 */
export async function replaceList(
  scope: OrgScope,
  list: StoredList,
  listed: readonly ListedItem[],
): Promise<ListChanges> {
  const orgId = scope.org.id;
  const { connectionId, kind, parentId } = list;
  const items = storableJson(listed);
  const rows = JSON.stringify([...new Map(items.map((item) => [item.id, item])).values()]);
  const written = await scope.db.$executeRaw`
    insert into directory_items as d (org_id, connection_id, kind, parent_id, id, name, data)
    select ${orgId}::uuid, ${connectionId}::uuid, ${kind}, ${parentId}, r.id, r.name, r.data
    from jsonb_to_recordset(${rows}::jsonb) as r (id text, name text, data jsonb)
    on conflict (org_id, connection_id, kind, parent_id, id) do update
      set name = coalesce(excluded.name, d.name), data = excluded.data, changed_at = now(), removed_at = null
      where (d.name, d.data, d.removed_at) is distinct from (coalesce(excluded.name, d.name), excluded.data, null::timestamptz)`;
  const ids = items.map((item) => item.id);
  const removed = await scope.db.$executeRaw`
    update directory_items set removed_at = now(), changed_at = now()
    where org_id = ${orgId}::uuid and connection_id = ${connectionId}::uuid and kind = ${kind} and parent_id = ${parentId}
      and removed_at is null and not (id = any(${ids}::text[]))`;
  return { seen: listed.length, written, removed };
}

type OrphanList = { connectionId: string; kind: DirectoryKind; parents: "project" | "group" };

/** What hung on a project or group that the provider no longer lists is gone with it; returns how many items. */
export const removeOrphans = (scope: OrgScope, { connectionId, kind, parents }: OrphanList): Promise<number> =>
  scope.db.$executeRaw`
    update directory_items d set removed_at = now(), changed_at = now()
    where d.org_id = ${scope.org.id}::uuid and d.connection_id = ${connectionId}::uuid and d.kind = ${kind}
      and d.parent_id <> '' and d.removed_at is null
      and not exists (
        select from directory_items p
        where p.org_id = d.org_id and p.connection_id = d.connection_id and p.kind = ${parents} and p.id = d.parent_id
          and p.removed_at is null)`;

/** Ids of what the per-parent lists hang on. Archived projects refuse their lists, so they are left out. */
export async function listParents(
  scope: OrgScope,
  connectionId: string,
  parents: "project" | "group",
): Promise<string[]> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    select id from directory_items
    where org_id = ${scope.org.id}::uuid and connection_id = ${connectionId}::uuid and kind = ${parents} and removed_at is null
      and coalesce(data ->> 'status', 'active') <> 'archived'
    order by id`;
  return rows.map((row) => row.id);
}
