import { ErrorCode } from "bullmq";
import { openQueue } from "@/server/jobs/backend";
import { type JobName, type JobPayload, jobs, type QueueName } from "@/server/jobs/catalog";
import { AppError } from "@/server/lib/errors";
import { logger } from "@/server/lib/logger";

const KEEP_DONE = { age: 24 * 3600, count: 1000 };
const KEEP_FAILED = { age: 14 * 24 * 3600, count: 5000 };

const holder = globalThis as unknown as { tollkeeperQueues?: Map<QueueName, ReturnType<typeof openQueue>> };

export function producer(name: QueueName) {
  holder.tollkeeperQueues ??= new Map();
  const open = holder.tollkeeperQueues.get(name) ?? openQueue(name);
  if (!holder.tollkeeperQueues.has(name)) {
    open.on("error", (error: Error) => logger().error({ err: error, queue: name }, "queue connection"));
    holder.tollkeeperQueues.set(name, open);
  }
  return open;
}

/** Queues a job. Call it after the transaction that makes its work visible has committed. */
export async function enqueue<Name extends JobName>(name: Name, payload: JobPayload<Name>): Promise<void> {
  const contract = jobs[name];
  const data = contract.payload.parse(payload);
  const key = (contract.deduplicationKey as (payload: unknown) => string | null)(data);
  try {
    await producer(contract.queue).add(name, data, {
      ...jobOptions(name),
      ...(key ? { deduplication: { id: `${name}:${key}` } } : {}),
    });
  } catch (cause) {
    throw new AppError("internal", "queue_unavailable", {
      message: "The job queue cannot be reached; it will be tried again.",
      cause,
    });
  }
}

export const jobOptions = (name: JobName) => ({
  attempts: jobs[name].attempts,
  backoff: { type: "exponential", delay: jobs[name].backoffMs, jitter: 0.5 },
  removeOnComplete: KEEP_DONE,
  removeOnFail: KEEP_FAILED,
});

/** Registers the recurring jobs. Upsert only: a schedule is never removed first, so none is ever missing. */
export async function registerSchedules(): Promise<void> {
  for (const [name, contract] of Object.entries(jobs) as [JobName, (typeof jobs)[JobName]][]) {
    if (!contract.cron) continue;
    await producer(contract.queue)
      .upsertJobScheduler(name, { pattern: contract.cron, tz: "UTC" }, { name, data: {}, opts: jobOptions(name) })
      .catch(ignoreIterationUnderWay);
  }
}

const iterationUnderWay = new Set<unknown>([ErrorCode.SchedulerJobIdCollision, ErrorCode.SchedulerJobSlotsBusy]);

/** A worker has just taken the job that was due: the schedule is there, and its next iteration follows from this one. */
function ignoreIterationUnderWay(error: unknown) {
  if (!(error instanceof Error && "code" in error && iterationUnderWay.has(error.code))) throw error;
}

export async function closeQueues(): Promise<void> {
  const open = [...(holder.tollkeeperQueues?.values() ?? [])];
  holder.tollkeeperQueues = undefined;
  await Promise.all(open.map((queue) => queue.close()));
}
