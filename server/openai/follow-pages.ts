import { ProviderError } from "./errors";

/** Ten years of single-bucket pages: more than any honest range needs. */
const maxPages = 10_000;

type Page<Item> = { items: readonly Item[]; nextCursor: string | null };

/**
 * Yields the items of each page in turn; the next page is asked for when the one before has been used up.
 * A cursor that was seen already, or a list without end, fails as "transient" with code "cursor_loop".
 */
export async function* followPages<Item>(fetchPage: (cursor: string | null) => Promise<Page<Item>>) {
  const unseen = cursorGuard();
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await fetchPage(cursor);
    yield* page.items;
    cursor = unseen(page.nextCursor);
  } while (cursor !== null);
}

/** The same for pages that were used up when `fetchPage` gives the cursor of the next. */
export async function followCursors(fetchPage: (cursor: string | null) => Promise<string | null>): Promise<void> {
  const unseen = cursorGuard();
  let cursor: string | null = null;
  do {
    cursor = unseen(await fetchPage(cursor));
  } while (cursor !== null);
}

function cursorGuard() {
  const seen = new Set<string>();
  return (cursor: string | null): string | null => {
    if (cursor === null) return null;
    if (seen.has(cursor) || seen.size >= maxPages) throw new ProviderError("transient", { code: "cursor_loop" });
    seen.add(cursor);
    return cursor;
  };
}
