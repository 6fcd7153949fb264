import { permissionsOf } from "@/server/auth/permissions";
import { listMemberships } from "@/server/auth/system.sql";
import { foundOrg } from "@/server/orgs/create-org";
import { cancelDeletion, requestDeletion } from "@/server/orgs/delete-org";
import { CreateOrgInput, RequestDeletionInput, RequireTwoFactorInput, UpdateOrgInput } from "@/server/orgs/schema";
import { getOrgSettings, requireTwoFactor, updateOrg } from "@/server/orgs/update-org";
import { notFound } from "@/server/lib/errors";
import { orgProcedure, router, signedInProcedure } from "@/server/trpc/procedures";

export const orgsRouter = router({
  list: signedInProcedure.query(async ({ ctx }) => {
    const memberships = await listMemberships(ctx.user.id);
    return memberships.map(({ slug, name, role }) => ({ slug, name, role }));
  }),

  create: signedInProcedure.input(CreateOrgInput).mutation(({ ctx, input }) => foundOrg(ctx, input)),

  get: orgProcedure("org:read").query(async ({ ctx }) => {
    const { org, role } = ctx.scope;
    if (!role) throw notFound("organization");
    return { slug: org.slug, role, permissions: permissionsOf(role), ...(await getOrgSettings(ctx.scope)) };
  }),

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
