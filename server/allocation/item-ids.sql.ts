import type { OrgScope } from "@/server/auth/scope";
import type { ItemKind } from "@/server/directory/schema";

/** More than a table can be looked through; who has more assigns from the pages of single items. */
const MOST_ITEMS = 10_000;

const directoryKinds: Record<ItemKind, string[]> = {
  project: ["project"],
  user: ["user", "service_account"],
  api_key: ["api_key"],
};

/** Ids of what the directory lists, the living first, and of what something is assigned to. */
export async function itemIds(scope: OrgScope, kind: ItemKind): Promise<string[]> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    select id from (
      select d.id, d.removed_at is not null as is_removed
      from directory_items d join connections c on c.org_id = d.org_id and c.id = d.connection_id and c.kind <> 'draft'
      where d.org_id = ${scope.org.id}::uuid and d.kind = any(${directoryKinds[kind]}::text[])
      union all
      select item_id, false from tag_values where org_id = ${scope.org.id}::uuid and kind = ${kind}
      union all
      select item_id, false from allocation_rules where org_id = ${scope.org.id}::uuid and kind = ${kind}
    ) known group by id order by bool_and(is_removed), id limit ${MOST_ITEMS}`;
  return rows.map(({ id }) => id);
}

/** Tags that anything has or had, with their values. */
export async function tagValues(scope: OrgScope): Promise<{ key: string; values: string[] }[]> {
  return scope.db.$queryRaw<{ key: string; values: string[] }[]>`
    select tag_key as key, (array_agg(distinct value order by value) filter (where value is not null))[1:100] as values
    from tag_values where org_id = ${scope.org.id}::uuid
    group by tag_key having count(value) > 0 order by tag_key`;
}
