import type { OrgScope } from "@/server/auth/scope";
import { AppError } from "@/server/lib/errors";
import { appUrl } from "@/server/lib/app-url";
import { addDays } from "@/server/lib/time";
import { dayText, mailOwners } from "@/server/orgs/mail-members";
import { DELETION_GRACE_DAYS } from "@/server/orgs/schema";
import { getOrgSettings } from "@/server/orgs/update-org";

/**
 * Lets an org be deleted once the grace period is over. Until then everything can be read, exported and taken back, but
 * nothing is fetched any more. All owners get a mail. Asked for again, the first time counts.
 * @throws AppError invalid (slug_mismatch)
 */
export async function requestDeletion(scope: OrgScope, typedSlug: string): Promise<{ deleteAfter: string }> {
  const { db, org } = scope;
  if (typedSlug !== org.slug) {
    throw new AppError("invalid", "slug_mismatch", { message: "That is not the address of this organization." });
  }
  const deleteAfter = addDays(new Date(), DELETION_GRACE_DAYS);
  const { count } = await db.org.updateMany({ where: { id: org.id, deleteAfter: null }, data: { deleteAfter } });
  if (count > 0) {
    await stopSyncs(scope);
    scope.audit({
      action: "org.delete.request",
      target: { type: "org", id: org.id, name: org.name },
      after: { deleteAfter: deleteAfter.toISOString() },
    });
    await tellOwners(scope, deleteAfter);
  }
  return { deleteAfter: (await getOrgSettings(scope)).deleteAfter ?? deleteAfter.toISOString() };
}

/** Takes a deletion back; syncs go on where they stopped. @throws AppError conflict when there is nothing to take back */
export async function cancelDeletion(scope: OrgScope): Promise<void> {
  const { db, org } = scope;
  const before = await getOrgSettings(scope);
  const { count } = await db.org.updateMany({
    where: { id: org.id, deleteAfter: { gt: new Date() } },
    data: { deleteAfter: null },
  });
  if (count === 0) {
    throw new AppError("conflict", "conflict", { message: "There is no deletion to take back." });
  }
  scope.audit({
    action: "org.delete.cancel",
    target: { type: "org", id: org.id, name: org.name },
    before: { deleteAfter: before.deleteAfter },
  });
}

/** What was fetched stays; what is under way ends at its next heartbeat. */
async function stopSyncs({ db }: OrgScope) {
  const now = new Date();
  await db.syncRun.updateMany({
    where: { state: "queued" },
    data: { state: "cancelled", cancelRequestedAt: now, finishedAt: now },
  });
  await db.syncRun.updateMany({
    where: { state: "running", cancelRequestedAt: null },
    data: { cancelRequestedAt: now },
  });
}

const tellOwners = (scope: OrgScope, deleteAfter: Date) =>
  mailOwners(scope, "orgDeletion", ({ name, locale }) => ({
    name,
    org: scope.org.name,
    link: appUrl(`/${scope.org.slug}/settings/organization`),
    date: dayText(deleteAfter, { locale, timeZone: scope.org.timezone }),
  }));
