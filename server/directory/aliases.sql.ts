import type { OrgScope } from "@/server/auth/scope";
import type { ItemKind } from "@/server/directory/schema";

/** The organization's own names of items, by id; of those that have none, nothing. */
export async function findAliases(
  scope: OrgScope,
  kind: ItemKind,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await scope.db.$queryRaw<{ id: string; name: string }[]>`
    select item_id as id, name from directory_aliases
    where org_id = ${scope.org.id}::uuid and kind = ${kind} and item_id = any(array(select unnest(${[...ids]}::text[])))`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}
