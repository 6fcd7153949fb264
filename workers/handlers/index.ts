import { connectionErase } from "@/workers/handlers/connection-erase";
import { syncPrune } from "@/workers/handlers/sync-prune";
import { syncRun } from "@/workers/handlers/sync-run";
import { syncSweep } from "@/workers/handlers/sync-sweep";
import type { Handlers } from "@/workers/runtime";

/** Complete by type: a job of the catalogue without a handler does not compile. */
export const handlers: Handlers = {
  "sync.run": syncRun,
  "sync.sweep": syncSweep,
  "sync.prune": syncPrune,
  "connection.erase": connectionErase,
};
