import { randomUUID } from "node:crypto";
import type { OrgAccess } from "@/server/auth/scope";
import { openAdminKey } from "@/server/connections/admin-key";
import { Abilities, type UsageGranularity } from "@/server/connections/schema";
import { createProviderClient, type ProviderClient } from "@/server/openai/client";
import { createLimiterPool, type LimiterPool } from "@/server/openai/limiter-pool";
import type { RetryPolicy } from "@/server/openai/retry";
import { type Lease, takeLease } from "@/server/sync/lease.sql";
import type { Range } from "@/server/sync/ranges";
import { isHistoryCancelled } from "@/server/sync/runs.sql";
import type { SyncKind } from "@/server/sync/schema";

export type ClaimedRun = {
  id: string;
  connectionId: string;
  lease: Lease;
  kind: SyncKind;
  /** Of its first attempt. */
  startedAt: Date;
  requested: Range | null;
  isRefetch: boolean;
  /** Whether what is missing of the back-fill's days is fetched as well; false once somebody cancelled that. */
  fillsHistory: boolean;
  backfillDays: number;
  trailingDays: number;
  usageGranularity: UsageGranularity;
  abilities: Abilities;
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
      fillsHistory: run.kind === "backfill" || !(await isHistoryCancelled(scope, connection.id)),
      backfillDays: connection.backfillDays,
      trailingDays: connection.trailingDays,
      usageGranularity: connection.usageGranularity,
      abilities: Abilities.parse(connection.abilities),
    };
  });
}

let limiters: LimiterPool | undefined;

type ClientOptions = { concurrency: number; signal: AbortSignal; retry?: Partial<RetryPolicy> };

export type OpenedKey = {
  /** A client of the run's connection that tells of each call, attempts included. */
  openClient: (onCall: () => void) => ProviderClient;
  /** Which of the connection's keys this is: another may be stored meanwhile. */
  keyCiphertext: Uint8Array<ArrayBuffer>;
};

/** Opens the key and makes clients with it. Runs of one connection in this process share what is learned of its limit. */
export async function openKey(access: OrgAccess, run: ClaimedRun, options: ClientOptions): Promise<OpenedKey> {
  const { concurrency, signal, retry } = options;
  limiters ??= createLimiterPool({ concurrency });
  const { adminKey, baseUrl, keyCiphertext } = await access.inScope((scope) => openAdminKey(scope, run.connectionId));
  const limiter = limiters.forConnection(run.connectionId);
  return {
    keyCiphertext,
    openClient: (onCall) => createProviderClient({ adminKey, baseUrl, limiter, signal, retry, onCall }),
  };
}
