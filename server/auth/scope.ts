import type { Logger } from "pino";
import { type Actor, recordAudit, type AuditEntry } from "@/server/audit/record-audit";
import { can, type Permission } from "@/server/auth/permissions";
import { findMembership, findOrgById, findOrgBySlug, type OrgRef } from "@/server/auth/system.sql";
import type { Role } from "@/server/db/generated/enums";
import { type TenantDb, type TransactionOptions, withTenant } from "@/server/db/tenant";
import { AppError, notFound } from "@/server/lib/errors";
import { logger } from "@/server/lib/logger";

/** An org, who acts in it, and a way in. Holds no transaction: for work that waits for the provider in between. */
export type OrgAccess = {
  readonly org: OrgRef;
  readonly actor: Actor;
  readonly role: Role | null;
  readonly log: Logger;
  readonly requestId: string | null;
  /** Runs `work` in one transaction bound to the org; hooks given to afterCommit run once it has committed. */
  inScope<T>(work: (scope: OrgScope) => Promise<T>, options?: TransactionOptions): Promise<T>;
};

/** What every verb gets: the tenant, held as a value, with a database handle that reaches nothing else. */
export type OrgScope = Omit<OrgAccess, "inScope"> & {
  readonly db: TenantDb;
  audit(entry: AuditEntry): Promise<void>;
  /** For what must not happen unless the transaction commits: enqueueing jobs. */
  afterCommit(hook: () => Promise<void>): void;
};

type Caller = { userId: string; requestId: string | null };

/**
 * The way in for people. @throws AppError not_found for a stranger (as if the org did not exist), forbidden when the
 * role lacks the permission.
 */
export async function accessAsMember(caller: Caller, slug: string, permission: Permission): Promise<OrgAccess> {
  const membership = await findMembership(caller.userId, slug);
  if (!membership) throw notFound("organization");
  if (!can(membership.role, permission)) {
    throw new AppError("forbidden", "role_lacks_permission", {
      message: "Your role in this organization does not allow this.",
      details: { permission, role: membership.role },
    });
  }
  return makeAccess(membership, { type: "user", id: caller.userId }, membership.role, caller.requestId);
}

/** The way in for jobs and for the operator's commands; the org is read again, never trusted from a payload. */
export async function accessAsSystem(org: { id: string } | { slug: string }, actor: Exclude<Actor, { type: "user" }>) {
  const found = "id" in org ? await findOrgById(org.id) : await findOrgBySlug(org.slug);
  if (!found) throw notFound("organization");
  return makeAccess(found, actor, null, null);
}

function makeAccess(org: OrgRef, actor: Actor, role: Role | null, requestId: string | null): OrgAccess {
  const log = logger().child({ orgId: org.id, actor: actor.type, ...(requestId ? { requestId } : {}) });
  const access: OrgAccess = {
    org: { id: org.id, slug: org.slug, name: org.name, timezone: org.timezone },
    actor,
    role,
    log,
    requestId,
    async inScope(work, options) {
      const hooks: (() => Promise<void>)[] = [];
      const result = await withTenant(org.id, (db) => work(makeScope(access, db, hooks)), options);
      for (const hook of hooks) {
        // What the hook wanted is on record already; the sweep makes good for a queue that is down.
        await hook().catch((err: unknown) => access.log.warn({ err }, "after commit"));
      }
      return result;
    },
  };
  return access;
}

function makeScope(access: OrgAccess, db: TenantDb, hooks: (() => Promise<void>)[]): OrgScope {
  const scope: OrgScope = {
    org: access.org,
    actor: access.actor,
    role: access.role,
    log: access.log,
    requestId: access.requestId,
    db,
    audit: (entry) => recordAudit(scope, entry),
    afterCommit: (hook) => {
      hooks.push(hook);
    },
  };
  return scope;
}
