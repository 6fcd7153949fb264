import { executeExportRun } from "@/server/exports/schedules/execute-run";
import { accessAsJob } from "@/workers/handlers/access-as-job";
import type { Handler } from "@/workers/runtime";

export const exportRun: Handler<"export.run"> = async ({ orgId, runId }, { signal }) => {
  const access = await accessAsJob(orgId, "export.run");
  if (access) await executeExportRun(access, runId, signal);
};
