import { requeueErasures } from "@/server/connections/requeue-erasures";
import { sweep } from "@/server/sync/sweep";
import type { Handler } from "@/workers/runtime";

export const syncSweep: Handler<"sync.sweep"> = async (_payload, { log }) => {
  const { started, requeued } = await sweep();
  const erasures = await requeueErasures();
  if (started + requeued + erasures > 0) log.info({ started, requeued, erasures }, "sweep");
};
