import { purgeOrgs } from "@/server/orgs/purge-orgs";
import type { Handler } from "@/workers/runtime";

/** The sweep waits in the same queue: a long deletion lets it pass. */
const TURN_MS = 20_000;
const PAUSE_MS = 1_000;

export const orgPurge: Handler<"org.purge"> = async (_payload, { signal, postpone }) => {
  const isDone = await purgeOrgs({ signal: AbortSignal.any([signal, AbortSignal.timeout(TURN_MS)]) });
  if (!isDone) await postpone(PAUSE_MS);
};
