import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import {
  type Connected,
  createConnection,
  createSampleConnection,
  type NewConnection,
  type NewSample,
} from "@/server/connections/create-connection";
import { startRun } from "@/server/sync/start-run";

export type ConnectedAndSyncing = { id: string; runId: string; isRevived: boolean };

/** Connects an OpenAI organization and starts fetching what is not here yet: both happen, or neither does. */
export const connect = async (access: OrgAccess, input: NewConnection): Promise<ConnectedAndSyncing> =>
  flatten(await createConnection(access, input, startBackfill));

/** The same for the sample organization. */
export const connectSample = async (access: OrgAccess, settings: NewSample = {}): Promise<ConnectedAndSyncing> =>
  flatten(await createSampleConnection(access, settings, startBackfill));

const startBackfill = (scope: OrgScope, connectionId: string) =>
  startRun(scope, { connectionId, kind: "backfill", trigger: "connection" });

const flatten = ({ id, isRevived, alongside }: Connected<{ runId: string }>): ConnectedAndSyncing => ({
  id,
  isRevived,
  runId: alongside.runId,
});
