import { buildPacks } from "@/server/explore/packs/build";
import { accessAsJob } from "@/workers/handlers/access-as-job";
import type { Handler } from "@/workers/runtime";

export const packsBuild: Handler<"packs.build"> = async ({ orgId }, { log, signal }) => {
  const access = await accessAsJob(orgId, "packs.build");
  if (!access) return;
  const made = await buildPacks(access, { signal });
  if (made > 0) log.info({ orgId, made }, "packs made");
};
