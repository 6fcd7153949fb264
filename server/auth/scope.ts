import type { Logger } from "pino";
import { type Actor, recordAudit, type AuditEntry } from "@/server/audit/record-audit";
import { can, type Permission } from "@/server/auth/permissions";
import type { MembershipLookup } from "@/server/auth/membership-lookup";
import type { SessionUser } from "@/server/auth/sessions";
import {
  findApiToken,
  findInvitation,
  findMembership,
  findOrgById,
  findOrgBySlug,
  type MembershipRef,
  type OrgRef,
} from "@/server/auth/system.sql";
import type { ApiToken } from "@/server/db/generated/client";
import type { Role } from "@/server/db/generated/enums";
import { type TenantDb, type TransactionOptions, withTenant } from "@/server/db/tenant";
import { type ClientInfo, noClient } from "@/server/lib/client-info";
import { AppError, notFound } from "@/server/lib/errors";
import { logger } from "@/server/lib/logger";

/** An org, who acts in it, and a way in. Holds no transaction: for work that waits for the provider in between. */
export type OrgAccess = {
  readonly org: OrgRef;
  readonly actor: Actor;
  readonly role: Role | null;
  readonly log: Logger;
  readonly requestId: string | null;
  readonly client: ClientInfo;
  /** Runs `work` in one transaction bound to the org; hooks given to afterCommit run once it has committed. */
  inScope<T>(work: (scope: OrgScope) => Promise<T>, options?: TransactionOptions): Promise<T>;
};

/** What every verb gets: the tenant, held as a value, with a database handle that reaches nothing else. */
export type OrgScope = Omit<OrgAccess, "inScope"> & {
  readonly db: TenantDb;
  /** Goes to the audit log with this transaction, or not at all. */
  audit(entry: AuditEntry): void;
  /** For what must not happen unless the transaction commits: enqueueing jobs. */
  afterCommit(hook: () => Promise<void>): void;
};

export type Caller = { user: SessionUser; requestId: string | null; client: ClientInfo };

/**
 * The way in for people. @throws AppError not_found for a stranger (as if the org did not exist), forbidden when the
 * role lacks the permission or the session is not what the org demands.
 * @param lookUp the request's own, where several calls of it ask; the database is asked unless given
 */
export async function accessAsMember(
  caller: Caller,
  slug: string,
  permission: Permission,
  lookUp: MembershipLookup = findMembership,
): Promise<OrgAccess> {
  const { user, requestId, client } = caller;
  const membership = await lookUp(user.id, slug);
  if (!membership) throw notFound("organization");
  // Who cannot meet a demand may still go.
  if (permission !== "members:leave") demandOfSession(membership, user.session);
  if (!can(membership.role, permission)) {
    throw new AppError("forbidden", "role_lacks_permission", {
      message: "Your role in this organization does not allow this.",
      details: { permission, role: membership.role },
    });
  }
  const actor = { type: "user", id: user.id, name: user.email } as const;
  const access = makeAccess(membership, { actor, role: membership.role, requestId, client });
  await noteVisit(access, user.id, membership.lastSeenAt);
  return access;
}

const NOTE_EVERY_MS = 5 * 60_000;

/** When a member was last here, to a few minutes: most requests write nothing. */
async function noteVisit(access: OrgAccess, userId: string, lastSeenAt: Date | null) {
  const now = new Date();
  if (lastSeenAt && now.getTime() - lastSeenAt.getTime() < NOTE_EVERY_MS) return;
  await access.inScope((scope) => scope.db.membership.updateMany({ where: { userId }, data: { lastSeenAt: now } }));
}

/**
 * The way in for who holds an invitation's token, to become a member. The org is found whatever became of the
 * invitation: the verb says what can still be done with it. Null for a token that no invitation has.
 */
export async function accessAsInvitee(
  { user, requestId, client }: Caller,
  tokenHash: string,
): Promise<{ access: OrgAccess; invitationId: string } | null> {
  const found = await findInvitation(tokenHash);
  if (!found) return null;
  const actor = { type: "user", id: user.id, name: user.email } as const;
  return { access: makeAccess(found, { actor, role: null, requestId, client }), invitationId: found.invitationId };
}

/**
 * The way in for programs: the org that a token belongs to, and the token as it is stored. Whether it may still be used,
 * and for what, is for server/tokens to say. Null for a token that no org has.
 */
export async function accessAsProgram(
  tokenHash: string,
  { requestId, client }: Pick<Caller, "requestId" | "client">,
): Promise<{ access: OrgAccess; token: ApiToken } | null> {
  const found = await findApiToken(tokenHash);
  if (!found) return null;
  const token = await withTenant(found.id, (db) => db.apiToken.findFirst({ where: { id: found.tokenId, tokenHash } }));
  if (!token) return null;
  const actor = { type: "token", id: token.id, name: token.name } as const;
  return { access: makeAccess(found, { actor, role: null, requestId, client }), token };
}

/** An owner with a second factor always gets in: somebody must be able to repair a broken identity provider. */
function demandOfSession({ id, role, requireSso, requireTwoFactor }: MembershipRef, session: SessionUser["session"]) {
  if (session.method === `oidc:${id}`) return;
  if (requireSso && !(role === "owner" && session.twoFactor)) {
    throw new AppError("forbidden", "sso_required", {
      message: "This organization is open only after signing in at its identity provider.",
    });
  }
  if (requireTwoFactor && !session.twoFactor) {
    throw new AppError("forbidden", "two_factor_required", {
      message: "This organization is open only with a second factor.",
    });
  }
}

/** The way in for jobs and for the operator's commands; the org is read again, never trusted from a payload. */
export async function accessAsSystem(
  org: { id: string } | { slug: string },
  actor: Exclude<Actor, { id: string; name: string }>,
) {
  const found = "id" in org ? await findOrgById(org.id) : await findOrgBySlug(org.slug);
  if (!found) throw notFound("organization");
  return makeAccess(found, { actor, role: null, requestId: null, client: noClient });
}

/**
 * Whether the actor may also see or do what takes another permission than the one they came in with: a member by role,
 * the operator and jobs always, a program with a token never.
 */
export function mayAlso({ actor, role }: Pick<OrgScope, "actor" | "role">, permission: Permission): boolean {
  if (role) return can(role, permission);
  return actor.type === "operator" || actor.type === "job";
}

type Who = Pick<OrgAccess, "actor" | "role" | "requestId" | "client">;

function makeAccess(org: OrgRef, { actor, role, requestId, client }: Who): OrgAccess {
  const log = logger().child({ orgId: org.id, actor: actor.type, ...(requestId ? { requestId } : {}) });
  const access: OrgAccess = {
    org: { id: org.id, slug: org.slug, name: org.name, timezone: org.timezone },
    actor,
    role,
    log,
    requestId,
    client,
    async inScope(work, options) {
      const atEnd: AtEnd = { entries: [], hooks: [] };
      const result = await withTenant(
        org.id,
        async (db) => {
          const scope = makeScope(access, db, atEnd);
          const answer = await work(scope);
          // Last, because the end of the audit log's chain is locked from here to the commit.
          for (const entry of atEnd.entries) await recordAudit(scope, entry);
          return answer;
        },
        options,
      );
      for (const hook of atEnd.hooks) {
        // What the hook wanted is on record already; the sweep makes good for a queue that is down.
        await hook().catch((err: unknown) => access.log.warn({ err }, "after commit"));
      }
      return result;
    },
  };
  return access;
}

/** What a transaction leaves for its end: audit rows before the commit, hooks after it. */
type AtEnd = { entries: AuditEntry[]; hooks: (() => Promise<void>)[] };

function makeScope(access: OrgAccess, db: TenantDb, atEnd: AtEnd): OrgScope {
  return {
    org: access.org,
    actor: access.actor,
    role: access.role,
    log: access.log,
    requestId: access.requestId,
    client: access.client,
    db,
    audit: (entry) => {
      atEnd.entries.push(entry);
    },
    afterCommit: (hook) => {
      atEnd.hooks.push(hook);
    },
  };
}
