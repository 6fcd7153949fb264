import type { OrgAccess } from "@/server/auth/scope";
import * as sql from "@/server/connections/erase.sql";
import { type TenantConnection, withTenantConnection } from "@/server/db/tenant";

const WEEK_MS = 7 * 86_400_000;
/** Each takes a look for its facts and restatements. */
const SERIES_AT_ONCE = 5_000;

type EraseOptions = {
  /** Stops after about so long, so that other jobs of the queue get their turn. */
  budgetMs: number;
  signal?: AbortSignal;
};

/**
 * Removes what a deleted connection brought in, in transactions of a second or so each, and at last its row. Whatever ends
 * it early, the next call goes on where it stopped: "interrupted" says that there is more to do. Does nothing for a
 * connection whose history is not to be erased.
 */
export async function eraseConnection(
  access: OrgAccess,
  connectionId: string,
  { budgetMs, signal }: EraseOptions,
): Promise<"done" | "interrupted"> {
  const startedAt = performance.now();
  for await (const _ of eraseStepByStep(access, connectionId)) {
    if (signal?.aborted || performance.now() - startedAt >= budgetMs) return "interrupted";
  }
  return "done";
}

/** Yields after every commit. */
async function* eraseStepByStep(access: OrgAccess, connectionId: string): AsyncGenerator<void> {
  const orgId = access.org.id;
  const erased = { orgId, connectionId };
  const commit = <T>(work: (client: TenantConnection) => Promise<T>) => withTenantConnection(orgId, work);

  const streamIds = await commit((client) => sql.streamsToErase(client, erased));
  if (!streamIds) return;
  yield await commit((client) => sql.deleteNamesAndRuns(client, erased));
  for (const table of [...sql.rollupTables, "restatements"] as const) {
    await commit((client) => sql.deleteOfStreams(client, table, { orgId, streamIds }));
    yield;
  }
  for (const table of sql.factTables) {
    for (const streamId of streamIds) {
      const span = await commit((client) => sql.spanOfFacts(client, { table, orgId, streamId }));
      for (const week of span ? weeksOf(span) : []) {
        await commit((client) => sql.deleteFacts(client, { table, orgId, streamId, ...week }));
        yield;
      }
    }
  }
  while (await commit((client) => sql.deleteSomeSeries(client, erased, SERIES_AT_ONCE))) yield;
  await access.inScope(async (scope) => {
    await scope.db.connection.deleteMany({ where: { id: connectionId } });
    scope.audit({ action: "connection.erase", target: { type: "connection", id: connectionId } });
  });
}

function* weeksOf({ from, to }: { from: Date; to: Date }) {
  for (let start = from.getTime(); start <= to.getTime(); start += WEEK_MS)
    yield { from: new Date(start), to: new Date(start + WEEK_MS) };
}
