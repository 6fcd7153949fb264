import { env } from "@/server/env";
import { executeRun } from "@/server/sync/execute-run";
import { requestPacks } from "@/server/jobs/request-packs";
import { accessAsJob } from "@/workers/handlers/access-as-job";
import type { Handler } from "@/workers/runtime";

const BUSY_RETRY_MS = 5_000;

export const syncRun: Handler<"sync.run"> = async ({ orgId, runId }, { signal, postpone }) => {
  const access = await accessAsJob(orgId, "sync.run");
  if (!access) return;
  const result = await executeRun(access, runId, { concurrency: env().SYNC_CONCURRENCY, signal });
  if (result === "done") await requestPacks(access);
  else await postpone(result === "busy" ? BUSY_RETRY_MS : 0);
};
