import type { OrgAccess } from "@/server/auth/scope";
import { type TenantConnection, withTenantConnection } from "@/server/db/tenant";
import { decideCounting } from "@/server/imports/counting";
import * as sql from "@/server/imports/recount.sql";
import { addUtcDays, toUtcDay, type UtcDay } from "@/server/lib/time";
import type { Window } from "@/server/usage/replace-window";
import { refreshCostRollups, refreshUsageRollups } from "@/server/usage/rollups.sql";

/** A month at a time: what one statement groups stays small. */
const DAYS_AT_ONCE = 31;

/** Days [from, to) outside of which nothing has changed. */
type Within = { from: UtcDay; to: UtcDay };

/**
 * Makes the facts and roll-ups of imported files what the counting rule says, in the caller's transaction, which holds the
 * lock. What is right already is not written.
 */
export async function recount(client: TenantConnection, organization: sql.Organization, within?: Within) {
  const isWithin = (day: UtcDay) => !within || (day >= within.from && day < within.to);
  const stored = await sql.committedLists(client, organization);
  const lists = stored.map((list) => ({ ...list, days: new Set([...list.days].filter(isWithin)) }));
  const days = new Set(lists.flatMap((list) => [...list.days]));
  const synced = await sql.syncedDays(client, organization, [...days].toSorted());
  const wanted = decideCounting({ synced, lists });
  for (const { streamId, stream, counted } of lists) {
    const target = { orgId: organization.orgId, streamId, stream };
    const now = wanted.get(streamId) ?? new Set();
    const ceased = [...counted].filter((day) => isWithin(day) && !now.has(day));
    const begun = [...now].filter((day) => !counted.has(day));
    if (ceased.length > 0) await sql.moveFacts(client, { ...target, days: ceased }, "hold");
    if (begun.length > 0) await sql.moveFacts(client, { ...target, days: begun }, "count");
    await refreshDays(client, { ...target, days: [...ceased, ...begun].toSorted() });
  }
}

async function refreshDays(client: TenantConnection, { orgId, streamId, stream, days }: sql.Moved) {
  for (let at = 0; at < days.length; at += DAYS_AT_ONCE) {
    const touched = { orgId, streamId, days: days.slice(at, at + DAYS_AT_ONCE) };
    if (sql.factTableOf(stream) === "cost_facts") await refreshCostRollups(client, touched, stream);
    else await refreshUsageRollups(client, touched);
  }
}

/**
 * A sync has stored a window: imported days that it covers count no more, from the same commit on. Waits while something is
 * being imported or undone.
 */
export async function giveWayToSync(client: TenantConnection, orgId: string, window: Window) {
  await sql.lockAgainstImports(client, orgId);
  if (!(await sql.hasImports(client, orgId))) return;
  const organization = await sql.organizationOfStream(client, orgId, window.stream.id);
  if (!organization) return;
  await sql.adoptUnknown(client, organization);
  const lastDay = toUtcDay(new Date(window.end.getTime() - 1));
  await recount(client, organization, { from: toUtcDay(window.start), to: addUtcDays(lastDay, 1) });
}

/** After synced history went: its days count from what was imported, where there is something. */
export async function recountImports(access: OrgAccess): Promise<void> {
  const orgId = access.org.id;
  await withTenantConnection(orgId, async (client) => {
    await sql.lockCounting(client, orgId);
    for (const organization of await sql.importedOrganizations(client, orgId)) await recount(client, organization);
  });
}
