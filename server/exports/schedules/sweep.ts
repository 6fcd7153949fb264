import { accessAsSystem, type OrgScope } from "@/server/auth/scope";
import { listDueExports, listLostExports } from "@/server/auth/system.sql";
import { orderRun, nameOfActor } from "@/server/exports/schedules/runs";
import { findSchedule, rhythmOf } from "@/server/exports/schedules/schedules";
import { nextRunAt, rangeOfRun } from "@/server/exports/schedules/times";
import type { ExportSchedule } from "@/server/db/generated/client";
import { enqueue } from "@/server/jobs/enqueue";
import { logger } from "@/server/lib/logger";

const MAX_PER_SWEEP = 200;
/** A job that is on its way is not queued twice: asking again costs little. */
const LOST_AFTER_MS = 5 * 60_000;

/**
 * Starts scheduled exports that are due, and queues again those whose job was lost. A run that was missed while nothing
 * worked is made up for, one a minute: no day is left out. One that fails does not stop the others.
 */
export async function sweepExports(now = new Date()): Promise<{ started: number; requeued: number }> {
  let started = 0;
  for (const { orgId, scheduleId } of await listDueExports(now, MAX_PER_SWEEP)) {
    try {
      const access = await accessAsSystem({ id: orgId }, { type: "job", id: "export.sweep" });
      if (await access.inScope((scope) => startDue(scope, scheduleId, now))) started += 1;
    } catch (err) {
      logger().warn({ err, orgId, scheduleId }, "scheduled export");
    }
  }
  const lost = await listLostExports(new Date(now.getTime() - LOST_AFTER_MS), MAX_PER_SWEEP);
  for (const { orgId, runId } of lost) await enqueue("export.run", { orgId, runId });
  return { started, requeued: lost.length };
}

/** False where another process was faster. */
async function startDue(scope: OrgScope, scheduleId: string, now: Date): Promise<boolean> {
  const schedule = await findSchedule(scope, scheduleId);
  const { nextAt } = schedule;
  if (!nextAt || nextAt > now) return false;
  const next = nextRunAt(rhythmOf(schedule), scope.org.timezone, nextAt);
  const { count } = await scope.db.exportSchedule.updateMany({
    where: { id: scheduleId, nextAt },
    data: { nextAt: next },
  });
  if (count === 0) return false;
  await order(scope, schedule, nextAt);
  return true;
}

/** Makes an export now, of the days that the clock would choose now. @throws AppError not_found */
export async function runScheduleNow(scope: OrgScope, scheduleId: string): Promise<{ exportId: string }> {
  const schedule = await findSchedule(scope, scheduleId);
  const exportId = await order(scope, schedule, new Date());
  scope.audit({
    action: "export.deliver",
    target: { type: "export_schedule", id: scheduleId, name: schedule.name },
  });
  return { exportId };
}

async function order(scope: OrgScope, schedule: ExportSchedule, at: Date): Promise<string> {
  const { id: scheduleId, name, search } = schedule;
  const range = rangeOfRun(rhythmOf(schedule), scope.org.timezone, at);
  const runId = await orderRun(scope, { scheduleId, name, search, range, requestedBy: nameOfActor(scope) });
  scope.afterCommit(() => enqueue("export.run", { orgId: scope.org.id, runId }));
  return runId;
}
