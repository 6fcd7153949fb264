import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import type { ProviderClient } from "@/server/openai/client";
import type { ClaimedRun } from "@/server/sync/claim-run";
import type { Beat } from "@/server/sync/keep-alive";
import { assertHeld } from "@/server/sync/lease.sql";

export type RunContext = {
  access: OrgAccess;
  run: ClaimedRun;
  beat: Beat;
  /** A client of the run's connection that tells of each call, attempts included. */
  openClient: (onCall: () => void) => ProviderClient;
  now: () => Date;
};

/** A transaction that writes nothing once another execution has the connection. @throws LeaseLost */
export const inLease = <T>({ access, run }: RunContext, work: (scope: OrgScope) => Promise<T>): Promise<T> =>
  access.inScope(async (scope) => {
    await assertHeld(scope, run.lease);
    return work(scope);
  });
