import type { OrgAccess } from "@/server/auth/scope";
import { type TenantConnection, withTenantConnection } from "@/server/db/tenant";
import * as sql from "@/server/usage/rebuild-rollups.sql";
import { requestPacks } from "@/server/jobs/request-packs";
import { refreshCostRollups, refreshUsageRollups } from "@/server/usage/rollups.sql";
import { lockStream } from "@/server/usage/window.sql";

/** `rowsDiffering` were added, removed or changed by the rebuild: 0 says that the roll-ups were right. */
export type RebuiltStream = { connectionId: string; stream: string; days: number; rows: number; rowsDiffering: number };

/** A month at a time: what one statement groups stays small. */
const DAYS_AT_ONCE = 31;

/**
 * Drops an org's roll-ups and makes them again from the facts, one transaction per stream: readers see the old ones
 * until the new ones are there, and a sync of the stream waits.
 */
export async function rebuildRollups(access: OrgAccess): Promise<RebuiltStream[]> {
  const orgId = access.org.id;
  const streams = await withTenantConnection(orgId, (client) => sql.factStreams(client, orgId));
  const rebuilt: RebuiltStream[] = [];
  for (const stream of streams) {
    rebuilt.push(await withTenantConnection(orgId, (client) => rebuildStream(client, orgId, stream)));
  }
  await withTenantConnection(orgId, (client) => sql.dropOrphans(client, orgId));
  await access.inScope(async (scope) => {
    scope.audit({
      action: "rollups.rebuild",
      target: { type: "org", id: orgId },
      after: { streams: rebuilt.length, rowsDiffering: rebuilt.reduce((sum, stream) => sum + stream.rowsDiffering, 0) },
    });
  });
  await requestPacks(access);
  return rebuilt;
}

async function rebuildStream(
  client: TenantConnection,
  orgId: string,
  { id, connectionId, name }: sql.FactStream,
): Promise<RebuiltStream> {
  const facts = name.startsWith("costs.") ? "cost_facts" : "usage_facts";
  const target = { orgId, streamId: id, facts } as const;
  await lockStream(client, orgId, id);
  await sql.setAside(client, target);
  await sql.forgetDerived(client, target);
  const days = await sql.daysWithFacts(client, target);
  for (let at = 0; at < days.length; at += DAYS_AT_ONCE) {
    const touched = { orgId, streamId: id, days: days.slice(at, at + DAYS_AT_ONCE) };
    if (facts === "usage_facts") await refreshUsageRollups(client, touched);
    else await refreshCostRollups(client, touched, name);
  }
  return { connectionId, stream: name, days: days.length, ...(await sql.compareWithSetAside(client, target)) };
}
