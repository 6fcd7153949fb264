import type { Logger } from "pino";
import { enqueue } from "@/server/jobs/enqueue";

type OfOrg = { readonly org: { readonly id: string }; readonly log: Logger };

/** After figures, or the days on which labels change, have changed: has packs made of them. Without a queue they are read from the facts, as before. */
export async function requestPacks({ org, log }: OfOrg): Promise<void> {
  await enqueue("packs.build", { orgId: org.id }).catch((err: unknown) => log.warn({ err }, "packs wait"));
}
