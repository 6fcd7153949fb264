import { randomUUID } from "node:crypto";
import type { OrgAccess } from "@/server/auth/scope";
import { openAdminKey } from "@/server/connections/admin-key";
import type { UsageGranularity } from "@/server/connections/schema";
import { createProviderClient, type ProviderClient } from "@/server/openai/client";
import { createLimiterPool, type LimiterPool } from "@/server/openai/limiter-pool";
import type { RetryPolicy } from "@/server/openai/retry";
import { type Lease, releaseLease, takeLease } from "@/server/sync/runs.sql";
import type { Range } from "@/server/sync/ranges";
import type { RunState, SyncKind } from "@/server/sync/schema";

export type ClaimedRun = {
  id: string;
  connectionId: string;
  lease: Lease;
  kind: SyncKind;
  /** Of its first attempt. */
  startedAt: Date;
  requested: Range | null;
  isRefetch: boolean;
  backfillDays: number;
  trailingDays: number;
  usageGranularity: UsageGranularity;
};

/** Takes the run's connection and marks it running. */
export function claimRun(access: OrgAccess, runId: string, now: Date): Promise<ClaimedRun | "busy" | "done"> {
  return access.inScope(async (scope) => {
    const run = await scope.db.syncRun.findFirst({ where: { id: runId }, include: { connection: true } });
    if (!run || (run.state !== "queued" && run.state !== "running")) return "done";
    const { connection } = run;
    if (run.cancelRequestedAt || connection.status === "paused" || connection.status === "deleted") {
      await scope.db.syncRun.updateMany({ where: { id: runId }, data: { state: "cancelled", finishedAt: new Date() } });
      return "done";
    }
    const lease = { connectionId: connection.id, runId, holder: randomUUID() };
    if (!(await takeLease(scope, lease))) return "busy";
    const startedAt = run.startedAt ?? now;
    await scope.db.syncRun.updateMany({
      where: { id: runId },
      data: { state: "running", startedAt, heartbeatAt: new Date() },
    });
    return {
      id: run.id,
      connectionId: connection.id,
      lease,
      kind: run.kind,
      startedAt,
      requested: run.fromTime && run.toTime ? { start: run.fromTime.getTime(), end: run.toTime.getTime() } : null,
      isRefetch: run.isRefetch,
      backfillDays: connection.backfillDays,
      trailingDays: connection.trailingDays,
      usageGranularity: connection.usageGranularity,
    };
  });
}

let limiters: LimiterPool | undefined;

type ClientOptions = { concurrency: number; signal: AbortSignal; retry?: Partial<RetryPolicy> };

/** Opens the key and makes clients with it. Runs of one connection in this process share what is learned of its limit. */
export async function openRunClients(access: OrgAccess, run: ClaimedRun, options: ClientOptions) {
  limiters ??= createLimiterPool({ concurrency: options.concurrency });
  const { adminKey, baseUrl } = await access.inScope((scope) => openAdminKey(scope, run.connectionId));
  const limiter = limiters.forConnection(run.connectionId);
  return (onCall: () => void): ProviderClient =>
    createProviderClient({ adminKey, baseUrl, limiter, signal: options.signal, retry: options.retry, onCall });
}

export type RunOutcome = { state: Exclude<RunState, "queued" | "running">; errorCode: string | null };

export function finishRun(access: OrgAccess, run: ClaimedRun, outcome: RunOutcome): Promise<void> {
  return access.inScope(async (scope) => {
    const finishedAt = new Date();
    await scope.db.syncRun.updateMany({
      where: { id: run.id },
      data: { state: outcome.state, errorCode: outcome.errorCode, finishedAt, heartbeatAt: finishedAt },
    });
    await scope.db.syncRunStream.updateMany({
      where: { runId: run.id, state: { in: ["queued", "running"] } },
      data: {
        state: outcome.state === "succeeded" ? "succeeded" : outcome.state === "cancelled" ? "cancelled" : "failed",
        finishedAt,
      },
    });
    const hasNews = outcome.state === "succeeded" || outcome.state === "partial";
    if (hasNews && run.kind !== "directory") {
      await scope.db.connection.updateMany({ where: { id: run.connectionId }, data: { lastSyncedAt: finishedAt } });
    }
    await releaseLease(scope, run.lease);
    scope.log.info(
      { runId: run.id, connectionId: run.connectionId, kind: run.kind, state: outcome.state },
      "sync run finished",
    );
  });
}
