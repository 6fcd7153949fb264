import { accessAsSystem } from "@/server/auth/scope";
import { type DueConnection, listDueConnections, listStalledRuns } from "@/server/auth/system.sql";
import type { Prisma } from "@/server/db/generated/client";
import type { SyncRunKind } from "@/server/db/generated/enums";
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
  // First what makes others superfluous.
  const inOrder = due.toSorted((a, b) => Number(b.kind === "trailing") - Number(a.kind === "trailing"));
  const started = await countWhere(inOrder, (item) => startDue(item, now));
  const stalled = await listStalledRuns(new Date(now.getTime() - STALLED_AFTER_MS), MAX_PER_SWEEP);
  const requeued = await countWhere(stalled, async ({ orgId, runId }) => {
    await enqueue("sync.run", { orgId, runId });
    return true;
  });
  return { started, requeued };
}

/** False where it is no longer due: another run counts as it, or another process was faster. */
async function startDue({ orgId, connectionId, kind }: DueConnection, now: Date): Promise<boolean> {
  const access = await accessAsSystem({ id: orgId }, { type: "job", id: "sync.sweep" });
  return access.inScope(async (scope) => {
    const { isDue, next } = scheduleOf(kind, now);
    const { count } = await scope.db.connection.updateMany({ where: { id: connectionId, ...isDue }, data: next });
    if (count === 0) return false;
    await startRun(scope, { connectionId, kind, trigger: "schedule" });
    return true;
  });
}

type Schedule = { isDue: Prisma.ConnectionWhereInput; next: Prisma.ConnectionUpdateManyMutationInput };

/** When a kind of sync is due, and when next. A trailing sync fetches today as well, so it also counts as the recent one. */
function scheduleOf(kind: SyncRunKind, now: Date): Schedule {
  const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * MINUTE_MS);
  const nextRecentAt = inMinutes(env().SYNC_RECENT_EVERY_MINUTES);
  switch (kind) {
    case "recent":
      return { isDue: { nextRecentAt: { lte: now } }, next: { nextRecentAt } };
    case "trailing": {
      const nextTrailingAt = inMinutes(env().SYNC_TRAILING_EVERY_MINUTES);
      return { isDue: { nextTrailingAt: { lte: now } }, next: { nextRecentAt, nextTrailingAt } };
    }
    case "directory": {
      const nextDirectoryAt = inMinutes(env().SYNC_DIRECTORY_EVERY_MINUTES);
      return { isDue: { nextDirectoryAt: { lte: now } }, next: { nextDirectoryAt } };
    }
    case "backfill":
      throw new Error("back-fills are not scheduled");
    default:
      return kind satisfies never;
  }
}

async function countWhere<T>(items: readonly T[], work: (item: T) => Promise<boolean>): Promise<number> {
  let count = 0;
  for (const item of items) {
    try {
      if (await work(item)) count += 1;
    } catch (err) {
      logger().warn({ err, item }, "sweep");
    }
  }
  return count;
}
