import { listOrgIds } from "@/server/auth/system.sql";
import { enqueue } from "@/server/jobs/enqueue";
import type { Handler } from "@/workers/runtime";

export const packsSweep: Handler<"packs.sweep"> = async () => {
  for (const orgId of await listOrgIds()) await enqueue("packs.build", { orgId });
};
