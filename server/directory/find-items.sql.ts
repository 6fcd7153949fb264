import type { OrgScope } from "@/server/auth/scope";

export type FoundItem = {
  kind: string;
  id: string;
  parentId: string;
  name: string | null;
  data: Record<string, unknown>;
  removedAt: Date | null;
};

/** What names an item on the screens, without the rest of what the provider says about it. */
export type FoundLabel = {
  kind: string;
  id: string;
  name: string | null;
  /** An e-mail or the shortened value of a key. */
  detail: string | null;
  status: string | null;
  removedAt: Date | null;
};

/** Names of directory items, chosen as findItems does; a list may ask for a thousand. */
export async function findLabels(
  scope: OrgScope,
  kinds: readonly string[],
  ids: readonly string[],
): Promise<Map<string, FoundLabel>> {
  if (ids.length === 0) return new Map();
  const rows = await scope.db.$queryRaw<FoundLabel[]>`
    select distinct on (id) kind, id, name, coalesce(data ->> 'redacted_value', data ->> 'email') as detail,
      data ->> 'status' as status, removed_at as "removedAt"
    from directory_items
    where org_id = ${scope.org.id}::uuid and kind = any(${[...kinds]}::text[]) and id = any(${[...ids]}::text[])
    order by id, (removed_at is null) desc, changed_at desc`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Directory items by id, living or removed; of several with one id the living, then the newest. */
export async function findItems(
  scope: OrgScope,
  kinds: readonly string[],
  ids: readonly string[],
): Promise<Map<string, FoundItem>> {
  if (ids.length === 0) return new Map();
  const rows = await scope.db.$queryRaw<FoundItem[]>`
    select distinct on (id) kind, id, parent_id as "parentId", name, data, removed_at as "removedAt"
    from directory_items
    where org_id = ${scope.org.id}::uuid and kind = any(${[...kinds]}::text[]) and id = any(${[...ids]}::text[])
    order by id, (removed_at is null) desc, changed_at desc`;
  return new Map(rows.map((row) => [row.id, row]));
}
