import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import {
  type ListChanges,
  type ListedItem,
  listParents,
  removeOrphans,
  replaceList,
} from "@/server/directory/items.sql";
import { type DirectoryList, isParentGone, listDefinition } from "@/server/directory/lists";
import type { ProviderClient } from "@/server/openai/client";
import { isProviderError } from "@/server/openai/errors";

export type SyncListInput = {
  connectionId: string;
  list: DirectoryList;
  client: ProviderClient;
  /** Runs first in every transaction that stores items; nothing is stored when it throws. */
  beforeStoring: (scope: OrgScope) => Promise<void>;
  onProgress: (done: number, total: number) => Promise<void>;
};

/** Fetches one directory list and stores it, a parent at a time: what was stored stays when a later parent fails. */
export async function syncList(access: OrgAccess, input: SyncListInput): Promise<ListChanges> {
  const { connectionId, client } = input;
  const definition = listDefinition(input.list);
  const { parents } = definition;
  const parentIds =
    parents === "none" ? [""] : await access.inScope((scope) => listParents(scope, connectionId, parents));
  const sum: ListChanges = { seen: 0, written: 0, removed: 0 };
  await input.onProgress(0, parentIds.length);
  for (const [i, parentId] of parentIds.entries()) {
    const listed = await listOrGone(
      () => collect(definition.fetch(client, parentId)),
      async () => parents !== "none" && isParentGone[parents](client, parentId),
    );
    if (listed) {
      const stored = { connectionId, kind: definition.kind, parentId };
      const changes = await access.inScope(async (scope) => {
        await input.beforeStoring(scope);
        return replaceList(scope, stored, listed);
      });
      sum.seen += changes.seen;
      sum.written += changes.written;
      sum.removed += changes.removed;
    }
    await input.onProgress(i + 1, parentIds.length);
  }
  if (parents !== "none") {
    sum.removed += await access.inScope(async (scope) => {
      await input.beforeStoring(scope);
      return removeOrphans(scope, { connectionId, kind: definition.kind, parents });
    });
  }
  return sum;
}

/**
 * A project that was archived or deleted since it was listed refuses its lists: nothing to store, and no failure. Anything
 * else that the provider refuses is one, so the parent is asked about itself first.
 */
async function listOrGone(list: () => Promise<ListedItem[]>, isGone: () => Promise<boolean>) {
  try {
    return await list();
  } catch (error) {
    const isRefusal = isProviderError(error, "bad_request") && (error.status === 400 || error.status === 404);
    if (isRefusal && (await isGone())) return null;
    throw error;
  }
}

async function collect(list: AsyncIterable<ListedItem>): Promise<ListedItem[]> {
  const collected: ListedItem[] = [];
  for await (const item of list) collected.push(item);
  return collected;
}
