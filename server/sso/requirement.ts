import type { OrgScope } from "@/server/auth/scope";
import type { SessionUser } from "@/server/auth/sessions";
import { AppError, notFound } from "@/server/lib/errors";
import { demandStill } from "@/server/members/authority";
import { lockMembers } from "@/server/members/members.sql";
import { providerOf } from "@/server/sso/identities";
import type { RequireObstacle } from "@/server/sso/schema";

type Session = SessionUser["session"];

/**
 * Lets members in only after they signed in at the org's identity provider, or by any way again; from their next request
 * on. Only who gets in themselves may demand it: by the provider, or as an owner with a second factor.
 * @throws AppError forbidden, precondition (one of requireObstacles)
 */
export async function requireSso(scope: OrgScope, isRequired: boolean, session: Session): Promise<void> {
  await lockSignIn(scope);
  if (isRequired) {
    const [obstacle] = await obstaclesOf(scope, session);
    if (obstacle) throw new AppError("precondition", obstacle, { message: obstacleMessages[obstacle] });
  }
  if (isRequired !== (await isSsoRequired(scope))) await setRequired(scope, isRequired);
}

const obstacleMessages: Record<RequireObstacle, string> = {
  sso_not_configured: "Set up the identity provider first.",
  sso_without_domain: "Verify a domain first.",
  sso_unproven:
    "Sign in through your identity provider, or with a second factor, before you require it: so that you do not lock yourself out.",
};

/** What keeps the holder of a session from requiring single sign-on. */
export async function obstaclesOf({ db, org, role }: OrgScope, session: Session): Promise<RequireObstacle[]> {
  const providers = await db.orgSso.count();
  const domains = await db.orgDomain.count({ where: { verifiedAt: { not: null } } });
  const getsIn = session.method === providerOf(org.id) || (role === "owner" && session.twoFactor);
  return [
    ...(providers === 0 ? ["sso_not_configured" as const] : []),
    ...(domains === 0 ? ["sso_without_domain" as const] : []),
    ...(getsIn ? [] : ["sso_unproven" as const]),
  ];
}

/** One change of how members get in at a time; what the actor may do is read again under the lock. @throws AppError forbidden */
export async function lockSignIn(scope: OrgScope): Promise<void> {
  await lockMembers(scope);
  await demandStill(scope, "security:write");
}

export async function isSsoRequired({ db, org }: OrgScope): Promise<boolean> {
  const found = await db.org.findFirst({ where: { id: org.id }, select: { requireSso: true } });
  if (!found) throw notFound("organization");
  return found.requireSso;
}

/**
 * Under the lock, before what single sign-on rests on goes: it is then no longer required, which has to be meant.
 * @throws AppError precondition sso_required_still
 */
export async function stopRequiring(scope: OrgScope, isMeant: boolean): Promise<void> {
  if (!(await isSsoRequired(scope))) return;
  if (!isMeant) {
    throw new AppError("precondition", "sso_required_still", {
      message: "Single sign-on is required. Stop requiring it first.",
    });
  }
  await setRequired(scope, false);
}

async function setRequired(scope: OrgScope, requireSso: boolean) {
  const { db, org } = scope;
  await db.org.updateMany({ where: { id: org.id }, data: { requireSso } });
  scope.audit({
    action: "sso.require",
    target: { type: "org", id: org.id, name: org.name },
    before: { requireSso: !requireSso },
    after: { requireSso },
  });
}
