import { sweepExports } from "@/server/exports/schedules/sweep";
import type { Handler } from "@/workers/runtime";

export const exportSweep: Handler<"export.sweep"> = async (_payload, { log }) => {
  const { started, requeued } = await sweepExports();
  if (started + requeued > 0) log.info({ started, requeued }, "scheduled exports");
};
