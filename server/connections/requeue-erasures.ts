import { listPendingErasures } from "@/server/auth/system.sql";
import { enqueue } from "@/server/jobs/enqueue";

const MAX_PER_SWEEP = 500;
/** The job that was queued with the request had its chance by then. */
const LOST_AFTER_MS = 2 * 60_000;

/** Queues erasures whose job was lost. One that waits or runs stays the only one, by its deduplication key. */
export async function requeueErasures(now = new Date()): Promise<number> {
  const pending = await listPendingErasures(new Date(now.getTime() - LOST_AFTER_MS), MAX_PER_SWEEP);
  for (const { orgId, connectionId } of pending) await enqueue("connection.erase", { orgId, connectionId });
  return pending.length;
}
