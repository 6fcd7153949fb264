import type { OrgScope } from "@/server/auth/scope";
import { requestPacks } from "@/server/jobs/request-packs";
import { AppError, notFound } from "@/server/lib/errors";
import type { UpdateOrgInput } from "@/server/orgs/schema";

export type OrgSettings = {
  name: string;
  timezone: string;
  requireTwoFactor: boolean;
  /** Everything is gone after this instant unless an owner takes the deletion back. */
  deleteAfter: string | null;
};

export async function getOrgSettings(scope: OrgScope): Promise<OrgSettings> {
  const row = await scope.db.org.findFirst({
    where: { id: scope.org.id },
    select: { name: true, timezone: true, requireTwoFactor: true, deleteAfter: true },
  });
  if (!row) throw notFound("organization");
  return { ...row, deleteAfter: row.deleteAfter?.toISOString() ?? null };
}

/** Changes the name or the time zone. Figures stay as they are: they are kept by UTC day. */
export async function updateOrg(scope: OrgScope, { name, timezone }: UpdateOrgInput): Promise<void> {
  const current = await getOrgSettings(scope);
  const before = { name: current.name, timezone: current.timezone };
  const after = { name: name ?? before.name, timezone: timezone ?? before.timezone };
  await change(scope, before, after);
  if (after.timezone !== before.timezone) scope.afterCommit(() => requestPacks(scope));
}

/**
 * Demands a second factor of every member, or no longer. Only who has one may: nobody locks themselves out.
 * @throws AppError precondition (two_factor_missing)
 */
export async function requireTwoFactor(scope: OrgScope, isRequired: boolean): Promise<void> {
  if (isRequired && !(await hasTwoFactor(scope))) {
    throw new AppError("precondition", "two_factor_missing", {
      message: "Set up a second factor for your own account first.",
    });
  }
  const current = await getOrgSettings(scope);
  await change(scope, { requireTwoFactor: current.requireTwoFactor }, { requireTwoFactor: isRequired });
}

async function hasTwoFactor({ actor, db }: OrgScope): Promise<boolean> {
  if (actor.type !== "user") return false;
  return (await db.twoFactor.count({ where: { userId: actor.id, confirmedAt: { not: null } } })) > 0;
}

type Settings = Partial<Pick<OrgSettings, "name" | "timezone" | "requireTwoFactor">>;

async function change(scope: OrgScope, before: Settings, after: Settings) {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  await scope.db.org.updateMany({ where: { id: scope.org.id }, data: after });
  const target = { type: "org", id: scope.org.id, name: after.name ?? scope.org.name };
  scope.audit({ action: "org.update", target, before, after });
}
