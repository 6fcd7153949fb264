import {
  createPostgresBackend,
  type JobsOptions,
  type Processor,
  Queue,
  type RepeatOptions,
  Worker,
  type WorkerOptions,
  withBackend,
} from "bullmq";
import { env } from "@/server/env";
import type { QueueName } from "@/server/jobs/catalog";

/** The queue lives in Redis when there is one, else in the application's own PostgreSQL: the same jobs either way. */

const QUEUE_SCHEMA = "bullmq";
const PREFIX = "tollkeeper";
const PRODUCER_CONNECTIONS = 2;
const WORKER_CONNECTIONS = 6;

const postgres = withBackend(createPostgresBackend);

const postgresConnection = (max: number) => ({
  connectionString: env().APP_DATABASE_URL,
  schema: QUEUE_SCHEMA,
  max,
  // The start command migrates the queue's schema as its owner.
  skipMigrations: true,
});

/** Producers fail fast, so that a request does not hang on a dead queue. */
const producerRedis = (url: string) => ({
  url,
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  connectTimeout: 3_000,
});

/** Workers wait for Redis to come back, for ever. */
const workerRedis = (url: string) => ({ url, maxRetriesPerRequest: null });

/** What both backends' queues have in common and we use. */
export type JobQueue = {
  add(name: string, data: unknown, options?: JobsOptions): Promise<unknown>;
  upsertJobScheduler(
    id: string,
    repeat: Omit<RepeatOptions, "key">,
    template: { name: string; data: unknown; opts: object },
  ): Promise<unknown>;
  getJobCounts(): Promise<Record<string, number>>;
  close(): Promise<void>;
  on(event: "error", listener: (error: Error) => void): unknown;
};

export function openQueue(name: QueueName): JobQueue {
  const url = env().REDIS_URL;
  if (url) return new Queue(name, { prefix: PREFIX, connection: producerRedis(url) });
  return new postgres.Queue(name, { prefix: PREFIX, connection: postgresConnection(PRODUCER_CONNECTIONS) });
}

export type JobWorker = {
  close(force?: boolean): Promise<void>;
  waitUntilReady(): Promise<unknown>;
  on(event: "error", listener: (error: Error) => void): unknown;
};

export function openWorker(
  name: QueueName,
  processor: Processor,
  options: Omit<WorkerOptions, "connection">,
): JobWorker {
  const url = env().REDIS_URL;
  if (url) return new Worker(name, processor, { ...options, prefix: PREFIX, connection: workerRedis(url) });
  return new postgres.Worker(name, processor, {
    ...options,
    prefix: PREFIX,
    connection: postgresConnection(WORKER_CONNECTIONS),
  });
}
