import type OpenAI from "openai";
import type { AbstractPage, PagePromise } from "openai/pagination";
import type { CallOptions, ListBody, ProviderClient } from "./client";
import { followPages } from "./follow-pages";

type ListQuery = { limit: number; after?: string };

/** One of the SDK's list methods, with the query of one page. */
type ListRequest<Item> = (
  sdk: OpenAI,
  query: ListQuery,
  options: { signal: AbortSignal },
) => PagePromise<AbstractPage<Item>, Item>;

export type ListOptions = CallOptions & { pageSize?: number };

/**
 * All items of a list, one page at a time. Knows the provider's two ways of paging: `after` is the last item's id, or
 * what the page calls `next`. A page that promises more without saying where is a broken body, never the end.
 */
export function listItems<Item>(
  client: ProviderClient,
  request: ListRequest<Item>,
  { pageSize = 100, ...options }: ListOptions = {},
): AsyncGenerator<Item, void> {
  return followPages(async (cursor) => {
    const query = { limit: pageSize, ...(cursor === null ? {} : { after: cursor }) };
    return client.readWith(
      (sdk, call) => request(sdk, query, call),
      ({ text }) => readList<Item>(text),
      options,
    );
  });
}

function readList<Item>(text: string) {
  const body = JSON.parse(text) as ListBody<Item> | null;
  if (!Array.isArray(body?.data)) throw new SyntaxError("not a list");
  return { items: body.data, nextCursor: body.has_more ? nextCursor(body) : null };
}

function nextCursor<Item>(body: ListBody<Item>): string {
  const last = body.data.at(-1) as { id?: unknown } | undefined;
  const cursor = body.next ?? body.last_id ?? last?.id;
  if (typeof cursor !== "string" || cursor === "") throw new SyntaxError("more items, but no cursor");
  return cursor;
}
