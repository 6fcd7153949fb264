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
    const { user, requestId, client } = ctx;
    const actor = { type: "user", id: user.id, name: user.email } as const;
    const founder = { ownerId: user.id, actor, requestId, client };
    const { slug } = await createOrg(founder, input);
    return { slug };
  }),

  get: orgProcedure("org:read").query(({ ctx }) => {
    const { org, role } = ctx.scope;
    if (!role) throw notFound("organization");
    return { slug: org.slug, name: org.name, timezone: org.timezone, role, permissions: permissionsOf(role) };
  }),
});
