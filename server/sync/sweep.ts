import type { SyncRunKind } from "@/server/db/generated/enums";
import { accessAsSystem } from "@/server/auth/scope";
import { type DueConnection, listDueConnections, listStalledRuns } from "@/server/auth/system.sql";
import { env } from "@/server/env";
import { enqueue } from "@/server/jobs/enqueue";
import { logger } from "@/server/lib/logger";
import { startRun } from "@/server/sync/start-run";

const MAX_PER_SWEEP = 500;
/** A live run beats every few seconds. */
const STALLED_AFTER_MS = 2 * 60_000;
const MINUTE_MS = 60_000;

/**
 * Starts what is due by the clock and queues again runs whose job was lost. Reads ids across tenants (system path),
 * then works inside each tenant; one that fails does not stop the others.
 */
export async function sweep(now = new Date()): Promise<{ started: number; requeued: number }> {
  const due = await listDueConnections(now, MAX_PER_SWEEP);
  const started = await countSuccesses(due, (item) => startDue(item, now));
  const stalled = await listStalledRuns(new Date(now.getTime() - STALLED_AFTER_MS), MAX_PER_SWEEP);
  const requeued = await countSuccesses(stalled, ({ orgId, runId }) => enqueue("sync.run", { orgId, runId }));
  return { started, requeued };
}

async function startDue({ orgId, connectionId, kind }: DueConnection, now: Date) {
  const access = await accessAsSystem({ id: orgId }, { type: "job", id: "sync.sweep" });
  await access.inScope(async (scope) => {
    await scope.db.connection.updateMany({ where: { id: connectionId }, data: nextDue(kind, now) });
    await startRun(scope, { connectionId, kind, trigger: "schedule" });
  });
}

/** A trailing sync fetches today as well, so it also counts as the recent one. */
function nextDue(kind: SyncRunKind, now: Date) {
  const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * MINUTE_MS);
  const recent = { nextRecentAt: inMinutes(env().SYNC_RECENT_EVERY_MINUTES) };
  switch (kind) {
    case "recent":
      return recent;
    case "trailing":
      return { ...recent, nextTrailingAt: inMinutes(env().SYNC_TRAILING_EVERY_MINUTES) };
    case "directory":
      return { nextDirectoryAt: inMinutes(env().SYNC_DIRECTORY_EVERY_MINUTES) };
    case "backfill":
      return {};
    default:
      return kind satisfies never;
  }
}

async function countSuccesses<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<number> {
  let done = 0;
  for (const item of items) {
    try {
      await work(item);
      done += 1;
    } catch (err) {
      logger().warn({ err, item }, "sweep");
    }
  }
  return done;
}
