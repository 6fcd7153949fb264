import { DelayedError, type Job, UnrecoverableError } from "bullmq";
import type { Logger } from "pino";
import { type JobWorker, openWorker } from "@/server/jobs/backend";
import { type JobName, type JobPayload, jobs, type QueueName, queues } from "@/server/jobs/catalog";
import { logger } from "@/server/lib/logger";

export type JobContext = {
  log: Logger;
  /** Fires when this process shuts down: stop at the next safe point. */
  signal: AbortSignal;
  /** Puts the job back, to be run again after `ms`; never returns. Does not count as an attempt. */
  postpone: (ms: number) => Promise<never>;
};

export type Handler<Name extends JobName> = (payload: JobPayload<Name>, context: JobContext) => Promise<void>;
export type Handlers = { [Name in JobName]: Handler<Name> };

const STALLED_AFTER_MS = 15_000;

/** One worker per queue, with one wrapper round every handler: parse, log, error policy. */
export function startWorkers(handlers: Handlers, signal: AbortSignal): JobWorker[] {
  return (Object.keys(queues) as QueueName[]).map((queue) => {
    const worker = openWorker(queue, (job, token) => runJob(handlers, { job, token, signal }), {
      concurrency: queues[queue].concurrency,
      lockDuration: 30_000,
      stalledInterval: STALLED_AFTER_MS,
      maxStalledCount: 10,
    });
    worker.on("error", (err) => logger().error({ err, queue }, "worker connection"));
    return worker;
  });
}

type Running = { job: Job; token: string | undefined; signal: AbortSignal };

async function runJob(handlers: Handlers, { job, token, signal }: Running): Promise<void> {
  const log = logger().child({ job: job.name, jobId: job.id, attempt: job.attemptsMade + 1 });
  if (!isJobName(job.name)) {
    log.warn("a job that this version does not know"); // schedules outlive code
    return;
  }
  const payload = jobs[job.name].payload.safeParse(job.data);
  if (!payload.success) throw new UnrecoverableError(`the payload of ${job.name} is not valid`);
  const context: JobContext = {
    log,
    signal,
    postpone: async (ms) => {
      await job.moveToDelayed(Date.now() + ms, token);
      throw new DelayedError();
    },
  };
  const startedAt = performance.now();
  try {
    await (handlers[job.name] as (payload: unknown, context: JobContext) => Promise<void>)(payload.data, context);
    log.debug({ ms: Math.round(performance.now() - startedAt) }, "job done");
  } catch (err) {
    if (err instanceof DelayedError) throw err;
    log.error({ err, ms: Math.round(performance.now() - startedAt) }, "job failed");
    throw err;
  }
}

const isJobName = (name: string): name is JobName => Object.hasOwn(jobs, name);
