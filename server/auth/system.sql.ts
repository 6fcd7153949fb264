import type { Role, SyncRunKind } from "@/server/db/generated/enums";
import { prisma } from "@/server/db/client";

/** The narrow system path: the only reads across tenants (functions of the migrations, each with its reason). */

export type OrgRef = { id: string; slug: string; name: string; timezone: string };
export type MembershipRef = OrgRef & {
  role: Role;
  requireTwoFactor: boolean;
  requireSso: boolean;
  lastSeenAt: Date | null;
};

export async function findMembership(userId: string, slug: string): Promise<MembershipRef | null> {
  const rows = await prisma().$queryRaw<MembershipRef[]>`
    select org_id as id, slug, name, timezone, role::text as role,
      require_two_factor as "requireTwoFactor", require_sso as "requireSso", last_seen_at as "lastSeenAt"
    from system_membership(${userId}::uuid, ${slug})`;
  return rows[0] ?? null;
}

export const listMemberships = (userId: string) =>
  prisma().$queryRaw<(OrgRef & { role: Role })[]>`
    select org_id as id, slug, name, timezone, role::text as role from system_memberships(${userId}::uuid)`;

export async function findOrgBySlug(slug: string): Promise<OrgRef | null> {
  const rows = await prisma().$queryRaw<OrgRef[]>`
    select org_id as id, slug, name, timezone from system_org_by_slug(${slug})`;
  return rows[0] ?? null;
}

export async function findOrgById(id: string): Promise<OrgRef | null> {
  const rows = await prisma().$queryRaw<OrgRef[]>`
    select org_id as id, slug, name, timezone from system_org_by_id(${id}::uuid)`;
  return rows[0] ?? null;
}

export async function listOrgIds(): Promise<string[]> {
  const rows = await prisma().$queryRaw<{ id: string }[]>`select system_org_ids() as id`;
  return rows.map((row) => row.id);
}

export type DataKeySample = { orgId: string; version: number; masterKeyVersion: string; wrappedKey: Uint8Array };

/** The newest data key, wrapped, for each master key that any was wrapped with. */
export const listDataKeySamples = () =>
  prisma().$queryRaw<DataKeySample[]>`
    select org_id as "orgId", version, master_key_version as "masterKeyVersion", wrapped_key as "wrappedKey"
    from system_data_key_samples()`;

export type DueConnection = { orgId: string; connectionId: string; kind: SyncRunKind };

export const listDueConnections = (at: Date, limit: number) =>
  prisma().$queryRaw<DueConnection[]>`
    select org_id as "orgId", connection_id as "connectionId", kind::text as kind
    from system_due_connections(${at}, ${limit}::int)`;

export const listStalledRuns = (before: Date, limit: number) =>
  prisma().$queryRaw<{ orgId: string; runId: string }[]>`
    select org_id as "orgId", run_id as "runId" from system_stalled_runs(${before}, ${limit}::int)`;

export type InvitationRef = OrgRef & { invitationId: string };

/** The org that a token invites to, whatever became of the invitation. */
export async function findInvitation(tokenHash: string): Promise<InvitationRef | null> {
  const rows = await prisma().$queryRaw<InvitationRef[]>`
    select org_id as id, slug, name, timezone, invitation_id as "invitationId" from system_invitation(${tokenHash})`;
  return rows[0] ?? null;
}

export async function findApiToken(tokenHash: string): Promise<(OrgRef & { tokenId: string }) | null> {
  const rows = await prisma().$queryRaw<(OrgRef & { tokenId: string })[]>`
    select org_id as id, slug, name, timezone, token_id as "tokenId" from system_api_token(${tokenHash})`;
  return rows[0] ?? null;
}

/** The org whose identity provider answers for a verified domain. */
export async function findSsoOrgOfDomain(domain: string): Promise<{ id: string; slug: string } | null> {
  const rows = await prisma().$queryRaw<{ id: string; slug: string }[]>`
    select org_id as id, slug from system_sso_of_domain(${domain})`;
  return rows[0] ?? null;
}

/** Orgs whose grace period was over at `at`. */
export async function listOrgsToDelete(at: Date): Promise<string[]> {
  const rows = await prisma().$queryRaw<{ id: string }[]>`select system_orgs_to_delete(${at}) as id`;
  return rows.map((row) => row.id);
}

/** Deletes an org with all that is left of it. @throws when its grace period is not over */
export const deleteOrg = (id: string) => prisma().$executeRaw`select system_delete_org(${id}::uuid)`;

/** Imports that were begun before then and never committed. */
export const listForgottenImports = (before: Date, limit: number) =>
  prisma().$queryRaw<{ orgId: string; importId: string }[]>`
    select org_id as "orgId", import_id as "importId" from system_forgotten_imports(${before}, ${limit}::int)`;

export const listPendingErasures = (before: Date, limit: number) =>
  prisma().$queryRaw<{ orgId: string; connectionId: string }[]>`
    select org_id as "orgId", connection_id as "connectionId" from system_pending_erasures(${before}, ${limit}::int)`;

/** Verified domains that were last checked at `checkedBefore` or earlier, the longest waiting first. */
export const listDomainsToCheck = (checkedBefore: Date, limit: number) =>
  prisma().$queryRaw<{ orgId: string; domain: string }[]>`
    select org_id as "orgId", domain from system_domains_to_check(${checkedBefore}, ${limit}::int)`;

export const listDueExports = (at: Date, limit: number) =>
  prisma().$queryRaw<{ orgId: string; scheduleId: string }[]>`
    select org_id as "orgId", schedule_id as "scheduleId" from system_due_exports(${at}, ${limit}::int)`;

export const listLostExports = (before: Date, limit: number) =>
  prisma().$queryRaw<{ orgId: string; runId: string }[]>`
    select org_id as "orgId", run_id as "runId" from system_lost_exports(${before}, ${limit}::int)`;
