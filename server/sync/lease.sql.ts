import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { prepared } from "@/server/db/prepared";
import type { TenantConnection } from "@/server/db/tenant";

/** Longer than a few missed heartbeats, shorter than the queue takes to hand a killed worker's job to another. */
const LEASE = Prisma.sql`interval '20 seconds'`;

/** One execution of a run: `holder` is its own, so that a run which is queued twice is worked on once. */
export type Lease = { connectionId: string; runId: string; holder: string };

/** Another execution has the connection, or it is gone: what this one still has in memory must not be stored. */
export class LeaseLost extends Error {
  constructor() {
    super("the connection is no longer this execution's");
    this.name = "LeaseLost";
  }
}

const isHeld = (scope: OrgScope, { connectionId, holder }: Lease) =>
  Prisma.sql`org_id = ${scope.org.id}::uuid and id = ${connectionId}::uuid and lease_holder = ${holder}::uuid`;

/** Takes the connection for an execution; false while another one has it. */
export async function takeLease(scope: OrgScope, { connectionId, runId, holder }: Lease): Promise<boolean> {
  const taken = await scope.db.$executeRaw`
    update connections set lease_run_id = ${runId}::uuid, lease_holder = ${holder}::uuid, lease_until = now() + ${LEASE}
    where org_id = ${scope.org.id}::uuid and id = ${connectionId}::uuid
      and (lease_holder is null or lease_until < now())`;
  return taken === 1;
}

/** Renews the lease; tells whether the run should go on. */
export function heartbeat(access: OrgAccess, lease: Lease): Promise<"go_on" | "cancel" | "lost"> {
  return access.inScope(async (scope) => {
    const held = await scope.db
      .$executeRaw`update connections set lease_until = now() + ${LEASE} where ${isHeld(scope, lease)}`;
    if (held === 0) return "lost";
    await scope.db.$executeRaw`
      update sync_runs set heartbeat_at = now() where org_id = ${scope.org.id}::uuid and id = ${lease.runId}::uuid`;
    const run = await scope.db.syncRun.findFirst({ where: { id: lease.runId }, select: { cancelRequestedAt: true } });
    const connection = await scope.db.connection.findFirst({
      where: { id: lease.connectionId },
      select: { status: true },
    });
    return run?.cancelRequestedAt || connection?.status === "paused" || connection?.status === "deleted"
      ? "cancel"
      : "go_on";
  });
}

/** False where the lease was lost before. */
export async function releaseLease(scope: OrgScope, lease: Lease): Promise<boolean> {
  const released = await scope.db.$executeRaw`
    update connections set lease_run_id = null, lease_holder = null, lease_until = null where ${isHeld(scope, lease)}`;
  return released === 1;
}

/** @throws LeaseLost */
export async function assertHeld({ db, org }: OrgScope, lease: Lease): Promise<void> {
  const held = await db.$queryRawUnsafe<unknown[]>(heldSql, ...heldParameters(org.id, lease));
  if (held.length === 0) throw new LeaseLost();
}

/** The same on a raw connection. */
export async function assertHeldRaw(client: TenantConnection, orgId: string, lease: Lease): Promise<void> {
  const { rowCount } = await client.query(prepared(heldSql, heldParameters(orgId, lease)));
  if (rowCount === 0) throw new LeaseLost();
}

const heldSql = "select 1 from connections where org_id = $1::uuid and id = $2::uuid and lease_holder = $3::uuid";

const heldParameters = (orgId: string, { connectionId, holder }: Lease) => [orgId, connectionId, holder];

type HeldStream = { streamId: number; lease: Lease };

/**
 * First in every transaction that stores what was fetched. Takes the stream's row until commit, then makes sure that the
 * execution still has the connection, in this order: whoever takes the lease after the check stores after the commit.
 * @throws LeaseLost for an execution that was stalled longer than its lease, and when the stream was erased
 */
export async function holdStream(scope: OrgScope, { streamId, lease }: HeldStream): Promise<void> {
  const streams = await scope.db.$queryRaw<unknown[]>`
    select 1 from streams where org_id = ${scope.org.id}::uuid and id = ${streamId}::int for update`;
  if (streams.length === 0) throw new LeaseLost();
  await assertHeld(scope, lease);
}
