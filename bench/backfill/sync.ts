import { makeConnection, makeOrg } from "@/bench/lib/tenant";
import { runAsWorker } from "@/bench/lib/worker-process";
import { startRun } from "@/server/sync/start-run";
import { getRun } from "@/server/sync/list-runs";
import type { SyncKind } from "@/server/sync/schema";
import type { Sandbox } from "@/bench/backfill/sandbox";

const ADMIN_KEY = "sk-admin-sandbox-acme-readwrite";

/** What executing a run cost the process that did it; the peak of its memory is since its start. */
export type SyncCost = { result: string; ms: number; cpuMs: number; peakRssMb: number };

export type SyncOrder = {
  kind: SyncKind;
  days: number;
  granularity: "hour" | "day";
  /** ISO 8601: where the sandbox's clock stands still. */
  now: string;
};

/** Syncs a new organization's connection to the sandbox in a child process, and makes sure that nothing was left out. */
export async function syncOnce(sandbox: Sandbox, order: SyncOrder): Promise<SyncCost> {
  const { access, connectionId } = await makeSandboxConnection(sandbox, order);
  const { runId } = await access.inScope((scope) =>
    startRun(scope, { connectionId, kind: order.kind, trigger: "cli", isInline: true }),
  );
  const cost = await runAsWorker<SyncCost>("bench/backfill/run-sync.ts", [access.org.id, runId, order.now]);
  const run = await access.inScope((scope) => getRun(scope, runId));
  if (run?.state !== "succeeded") throw new Error(`the run ended as ${run?.state}`);
  return cost;
}

/** A new organization with a connection to the sandbox. */
export async function makeSandboxConnection(sandbox: Sandbox, order: Pick<SyncOrder, "days" | "granularity">) {
  const access = await makeOrg(`Backfill ${order.days} ${order.granularity}`);
  const connectionId = await makeConnection(access, {
    baseUrl: sandbox.url,
    adminKey: ADMIN_KEY,
    backfillDays: order.days,
    usageGranularity: order.granularity,
  });
  return { access, connectionId };
}
