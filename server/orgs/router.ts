import { permissionsOf } from "@/server/auth/permissions";
import type { OrgScope } from "@/server/auth/scope";
import { listMemberships } from "@/server/auth/system.sql";
import { listConnections } from "@/server/connections/find-connection";
import { listKeptHistory } from "@/server/connections/list-kept-history.sql";
import { foundOrg } from "@/server/orgs/create-org";
import { cancelDeletion, requestDeletion } from "@/server/orgs/delete-org";
import { CreateOrgInput, RequestDeletionInput, RequireTwoFactorInput, UpdateOrgInput } from "@/server/orgs/schema";
import { getOrgSettings, requireTwoFactor, updateOrg } from "@/server/orgs/update-org";
import { notFound } from "@/server/lib/errors";
import { listActiveRuns } from "@/server/sync/list-runs";
import { orgProcedure, router, signedInProcedure } from "@/server/trpc/procedures";

/** The organization, and what its member may do there. */
async function describeOrg(scope: OrgScope) {
  const { org, role } = scope;
  if (!role) throw notFound("organization");
  return { slug: org.slug, role, permissions: permissionsOf(role), ...(await getOrgSettings(scope)) };
}

export const orgsRouter = router({
  list: signedInProcedure.query(async ({ ctx }) => {
    const memberships = await listMemberships(ctx.user.id);
    return memberships.map(({ slug, name, role }) => ({ slug, name, role }));
  }),

  create: signedInProcedure.input(CreateOrgInput).mutation(({ ctx, input }) => foundOrg(ctx, input)),

  get: orgProcedure("org:read").query(({ ctx }) => describeOrg(ctx.scope)),

  /**
   * What stands around every page, in one transaction. The browser asks for its parts again by procedures of their own; the
   * permission is that for connections, as every role may see the rest.
   */
  frame: orgProcedure("connections:read").query(async ({ ctx }) => ({
    org: await describeOrg(ctx.scope),
    runs: await listActiveRuns(ctx.scope),
    connections: await listConnections(ctx.scope),
    keptHistory: await listKeptHistory(ctx.scope),
  })),

  update: orgProcedure("org:write")
    .input(UpdateOrgInput)
    .mutation(({ ctx, input }) => updateOrg(ctx.scope, input)),

  requireTwoFactor: orgProcedure("security:write")
    .input(RequireTwoFactorInput)
    .mutation(({ ctx, input }) => requireTwoFactor(ctx.scope, input.isRequired)),

  requestDeletion: orgProcedure("org:delete")
    .input(RequestDeletionInput)
    .mutation(({ ctx, input }) => requestDeletion(ctx.scope, input.slug)),

  cancelDeletion: orgProcedure("org:delete").mutation(({ ctx }) => cancelDeletion(ctx.scope)),
});
