import { ProviderError } from "./errors";

/** Ten years of single-bucket pages: more than any honest range needs. */
const maxPages = 10_000;

type Page<Item> = { items: readonly Item[]; nextCursor: string | null };

/**
 * Yields the items of each page in turn; the next page is asked for when the one before has been used up.
 * A cursor that was seen already, or a list without end, fails as "transient" with code "cursor_loop".
 */
export async function* followPages<Item>(fetchPage: (cursor: string | null) => Promise<Page<Item>>) {
  const seen = new Set<string>();
  let cursor: string | null = null;
  for (let count = 0; count < maxPages; count++) {
    const page: Page<Item> = await fetchPage(cursor);
    yield* page.items;
    if (page.nextCursor === null) return;
    if (seen.has(page.nextCursor)) break;
    seen.add(page.nextCursor);
    cursor = page.nextCursor;
  }
  throw new ProviderError("transient", { code: "cursor_loop" });
}
