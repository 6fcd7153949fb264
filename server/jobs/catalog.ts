import { z } from "zod";

/**
 * Every job there is. Payloads hold ids, never secrets or figures; a job's handler reads the rest again.
 * A job that lacks a field here, or a handler in workers/, does not compile.
 */
type JobContract<Payload extends z.ZodType = z.ZodType> = {
  queue: QueueName;
  payload: Payload;
  attempts: number;
  /** First wait after a failure; doubles each time, with jitter. */
  backoffMs: number;
  /** Jobs with the same key are one job while the first waits or runs. */
  deduplicationKey: (payload: z.infer<Payload>) => string | null;
  /** Standard cron with five fields, in UTC. */
  cron: string | null;
};

/** Queues by character: sync waits for the provider, maintenance is short and local, notify reaches people, exports write files, packs read all facts once. */
export const queues = {
  sync: { concurrency: 4 },
  maintenance: { concurrency: 1 },
  notify: { concurrency: 4 },
  exports: { concurrency: 2 },
  packs: { concurrency: 1 },
} as const;

export type QueueName = keyof typeof queues;

const job = <Payload extends z.ZodType>(contract: JobContract<Payload>) => contract;

export const jobs = {
  /** Executes one sync run of one connection; the run itself retries the provider's calls. */
  "sync.run": job({
    queue: "sync",
    payload: z.object({ orgId: z.uuid(), runId: z.uuid() }),
    attempts: 5,
    backoffMs: 5_000,
    deduplicationKey: ({ runId }) => runId,
    cron: null,
  }),
  /** Starts what is due and queues again what was lost. */
  "sync.sweep": job({
    queue: "maintenance",
    payload: z.object({}),
    attempts: 1,
    backoffMs: 1_000,
    deduplicationKey: () => "sweep",
    cron: "* * * * *",
  }),
  /** Removes old runs, at night. */
  "sync.prune": job({
    queue: "maintenance",
    payload: z.object({}),
    attempts: 3,
    backoffMs: 60_000,
    deduplicationKey: () => "prune",
    cron: "17 3 * * *",
  }),
  /** Erases the history of a deleted connection, a piece at a time. */
  "connection.erase": job({
    queue: "maintenance",
    payload: z.object({ orgId: z.uuid(), connectionId: z.uuid() }),
    attempts: 5,
    backoffMs: 5_000,
    deduplicationKey: ({ connectionId }) => connectionId,
    cron: null,
  }),
  /** Deletes organizations whose grace period is over. */
  "org.purge": job({
    queue: "maintenance",
    payload: z.object({}),
    attempts: 3,
    backoffMs: 60_000,
    deduplicationKey: () => "purge",
    cron: "20 3 * * *",
  }),
  /** Looks whether the records of verified domains are still in DNS. */
  "domain.recheck": job({
    queue: "maintenance",
    payload: z.object({}),
    attempts: 3,
    backoffMs: 60_000,
    deduplicationKey: () => "recheck",
    cron: "40 4 * * *",
  }),
  /** Removes imports that were never committed. */
  "imports.tidy": job({
    queue: "maintenance",
    payload: z.object({}),
    attempts: 3,
    backoffMs: 60_000,
    deduplicationKey: () => "tidy",
    cron: "50 3 * * *",
  }),
  /** Writes one scheduled export and delivers it. */
  "export.run": job({
    queue: "exports",
    payload: z.object({ orgId: z.uuid(), runId: z.uuid() }),
    attempts: 5,
    backoffMs: 60_000,
    deduplicationKey: ({ runId }) => runId,
    cron: null,
  }),
  /** Starts scheduled exports that are due, and queues again those whose job was lost. */
  "export.sweep": job({
    queue: "maintenance",
    payload: z.object({}),
    attempts: 1,
    backoffMs: 1_000,
    deduplicationKey: () => "sweep",
    cron: "* * * * *",
  }),
  /** Packs the facts that changed, for questions that no sum answers. Not one job while another runs: that one may have passed the days already. */
  "packs.build": job({
    queue: "packs",
    payload: z.object({ orgId: z.uuid() }),
    attempts: 3,
    backoffMs: 30_000,
    deduplicationKey: () => null,
    cron: null,
  }),
  /** Has packs made wherever any are missing: those that a job gave up, or that an upgrade wants made anew. */
  "packs.sweep": job({
    queue: "maintenance",
    payload: z.object({}),
    attempts: 1,
    backoffMs: 1_000,
    deduplicationKey: () => "sweep",
    cron: "25 * * * *",
  }),
  /** Hands one mail to the mail server. */
  "mail.deliver": job({
    queue: "notify",
    payload: z.object({ mailId: z.uuid() }),
    attempts: 8,
    backoffMs: 10_000,
    deduplicationKey: ({ mailId }) => mailId,
    cron: null,
  }),
  /** Queues mails again whose job was lost. */
  "mail.sweep": job({
    queue: "maintenance",
    payload: z.object({}),
    attempts: 1,
    backoffMs: 1_000,
    deduplicationKey: () => "sweep",
    cron: "*/5 * * * *",
  }),
  /** Deletes tokens, sessions, mails and events that are over. */
  "auth.tidy": job({
    queue: "maintenance",
    payload: z.object({}),
    attempts: 3,
    backoffMs: 60_000,
    deduplicationKey: () => "tidy",
    cron: "17 3 * * *",
  }),
} as const;

export type JobName = keyof typeof jobs;
export type JobPayload<Name extends JobName> = z.infer<(typeof jobs)[Name]["payload"]>;
