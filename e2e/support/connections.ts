import { type APIRequestContext, expect } from "@playwright/test";
import { prepare, query } from "./api";

export type Connection = { id: string; runId: string };
type Run = { id: string; state: string };

/** Two months reach back far enough for the usual range and the one it is compared with. */
const BACKFILL_DAYS = 62;

type NewConnection = { org: string; adminKey: string; name?: string };

export async function connect(request: APIRequestContext, { org, adminKey, name = "Beacon" }: NewConnection) {
  const connection = { org, name, adminKey, backfillDays: BACKFILL_DAYS, usageGranularity: "day" };
  return prepare<Connection>(request, "connections.create", connection);
}

/** Waits for the run to end well. */
export async function untilSynced(
  request: APIRequestContext,
  { org, id, runId, timeoutMs = 60_000 }: Connection & { org: string; timeoutMs?: number },
): Promise<void> {
  const state = async () => {
    const { data } = await query(request, "sync.runs", { org, connectionId: id });
    return (data as Run[] | null)?.find((run) => run.id === runId)?.state;
  };
  await expect.poll(state, { timeout: timeoutMs, intervals: [250] }).toBe("succeeded");
}
