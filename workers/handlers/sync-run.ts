import { accessAsSystem } from "@/server/auth/scope";
import { env } from "@/server/env";
import { AppError } from "@/server/lib/errors";
import { executeRun } from "@/server/sync/execute-run";
import type { Handler } from "@/workers/runtime";

const BUSY_RETRY_MS = 5_000;

export const syncRun: Handler<"sync.run"> = async ({ orgId, runId }, { signal, postpone }) => {
  const access = await accessAsSystem({ id: orgId }, { type: "job", id: "sync.run" }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  });
  if (!access) return; // the org is gone, and its runs with it
  const result = await executeRun(access, runId, { concurrency: env().SYNC_CONCURRENCY, signal });
  if (result !== "done") await postpone(result === "busy" ? BUSY_RETRY_MS : 0);
};
