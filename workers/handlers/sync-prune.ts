import { listOrgIds } from "@/server/auth/system.sql";
import { pruneRuns } from "@/server/sync/prune-runs.sql";
import { accessAsJob } from "@/workers/handlers/access-as-job";
import type { Handler } from "@/workers/runtime";

export const syncPrune: Handler<"sync.prune"> = async (_payload, { log, signal }) => {
  let pruned = 0;
  for (const orgId of await listOrgIds()) {
    if (signal.aborted) return; // the next night goes on
    const access = await accessAsJob(orgId, "sync.prune");
    pruned += access ? await access.inScope((scope) => pruneRuns(scope, new Date())) : 0;
  }
  if (pruned > 0) log.info({ pruned }, "old sync runs removed");
};
