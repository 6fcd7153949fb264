import { permissionsOf } from "@/server/auth/permissions";
import { listMemberships } from "@/server/auth/system.sql";
import { createOrg } from "@/server/orgs/create-org";
import { CreateOrgInput } from "@/server/orgs/schema";
import { notFound } from "@/server/lib/errors";
import { orgProcedure, router, signedInProcedure } from "@/server/trpc/procedures";

export const orgsRouter = router({
  list: signedInProcedure.query(async ({ ctx }) => {
    const memberships = await listMemberships(ctx.user.id);
    return memberships.map(({ slug, name, role }) => ({ slug, name, role }));
  }),

  create: signedInProcedure.input(CreateOrgInput).mutation(async ({ ctx, input }) => {
    const founder = {
      ownerId: ctx.user.id,
      actor: { type: "user", id: ctx.user.id } as const,
      requestId: ctx.requestId,
    };
    const { slug } = await createOrg(founder, input);
    return { slug };
  }),

  get: orgProcedure("org:read").query(({ ctx }) => {
    const { org, role } = ctx.scope;
    if (!role) throw notFound("organization");
    return { slug: org.slug, name: org.name, timezone: org.timezone, role, permissions: permissionsOf(role) };
  }),
});
