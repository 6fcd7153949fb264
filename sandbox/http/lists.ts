import { badRequest } from "./errors";
import type { Query } from "./query";

interface Range {
  min?: number;
  max: number;
  fallback: number;
}

interface Slice<Item> {
  items: Item[];
  hasMore: boolean;
}

/** Cuts one page out of a list by `after`/`before` ids; an unknown id is a 400. */
function cut<Item>(all: readonly Item[], idOf: (item: Item) => string, query: Query, range: Range): Slice<Item> {
  const limit = query.limit({ min: range.min ?? 1, max: range.max, fallback: range.fallback });
  const position = (name: "after" | "before"): number | null => {
    const id = query.text(name);
    if (id === null || id === "") return null;
    const index = all.findIndex((item) => idOf(item) === id);
    if (index < 0)
      throw badRequest(`Invalid '${name}': no object with id '${id}' in this list.`, name, "invalid_value");
    return index;
  };
  const before = position("before");
  if (before !== null) {
    const start = Math.max(0, before - limit);
    return { items: all.slice(start, before), hasMore: limit > 0 && start > 0 };
  }
  const start = (position("after") ?? -1) + 1;
  return { items: all.slice(start, start + limit), hasMore: limit > 0 && start + limit < all.length };
}

type Identified = { id: string };
const byId = (item: Identified): string => item.id;

/** Lists that carry first_id and last_id (pagination styles A and B of the API). */
export function idList<Item extends Identified>(all: readonly Item[], query: Query, range: Range): object {
  const { items, hasMore } = cut(all, byId, query, range);
  return {
    object: "list",
    data: items,
    first_id: items[0]?.id ?? null,
    last_id: items.at(-1)?.id ?? null,
    has_more: hasMore,
  };
}

/** Lists that carry `next` (style C). `idOf` names the cursor where items have no `id`. */
export function nextList<Item extends object>(
  all: readonly Item[],
  query: Query,
  range: Range & { idOf: (item: Item) => string },
): object {
  const { items, hasMore } = cut(all, range.idOf, query, { ...range, min: 0 });
  const last = items.at(-1);
  return { object: "list", data: items, has_more: hasMore, next: hasMore && last ? range.idOf(last) : null };
}

/** Creation order by default or reversed by `order=desc`. */
export function ordered<Item>(all: readonly Item[], query: Query, fallback: "asc" | "desc" = "asc"): Item[] {
  return query.oneOf("order", ["asc", "desc"], fallback) === "asc" ? [...all] : [...all].reverse();
}
