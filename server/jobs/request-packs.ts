import type { OrgAccess } from "@/server/auth/scope";
import { enqueue } from "@/server/jobs/enqueue";

/** After figures, or the days on which labels change, have changed: has packs made of them. Without a queue they are read from the facts, as before. */
export async function requestPacks({ org, log }: Pick<OrgAccess, "org" | "log">): Promise<void> {
  await enqueue("packs.build", { orgId: org.id }).catch((err: unknown) => log.warn({ err }, "packs wait"));
}
