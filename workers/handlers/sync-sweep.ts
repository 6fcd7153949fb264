import { sweep } from "@/server/sync/sweep";
import type { Handler } from "@/workers/runtime";

export const syncSweep: Handler<"sync.sweep"> = async (_payload, { log }) => {
  const { started, requeued } = await sweep();
  if (started + requeued > 0) log.info({ started, requeued }, "sweep");
};
