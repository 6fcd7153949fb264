import { z } from "zod";
import { assertOperator } from "@/server/auth/operator";
import { type OrgAccess, type OrgScope, accessAsMember } from "@/server/auth/scope";
import type { Permission } from "@/server/auth/permissions";
import { AppError } from "@/server/lib/errors";
import { toTrpcError } from "@/server/trpc/errors";
import { t } from "@/server/trpc/init";

export const router = t.router;

// next() never rejects: an error comes back as { ok: false }.
const base = t.procedure.use(async ({ ctx, path, next }) => {
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error, ctx, path);
  return result;
});

/** For what a stranger may call: signing up. */
export const publicProcedure = base.meta({ access: "public" });

export const signedInProcedure = base.meta({ access: "signed_in" }).use(({ ctx, next }) => {
  if (!ctx.user) throw new AppError("unauthenticated", "signed_out", { message: "Please sign in." });
  return next({ ctx: { ...ctx, user: ctx.user } });
});

/** For whoever runs the installation; to everybody else there is nothing of the kind. */
export const operatorProcedure = signedInProcedure.meta({ access: "operator" }).use(async ({ ctx, next }) => {
  await assertOperator(ctx.user);
  return next();
});

/** Every tenant procedure names its org in the input: the slug of the URL, never a cookie or a default. */
export const OrgInput = z.object({ org: z.string().min(1).max(63) });

const memberProcedure = (permission: Permission) =>
  signedInProcedure
    .meta({ access: permission })
    .input(OrgInput)
    .use(async ({ ctx, input, next, type }) => {
      const caller = { user: ctx.user, requestId: ctx.requestId, client: ctx.client };
      const shared = type === "query" ? ctx.memberships : undefined;
      const access: OrgAccess = await accessAsMember(caller, input.org, permission, shared);
      return next({ ctx: { ...ctx, access } });
    });

/** The ordinary tenant procedure: one call, one transaction, one tenant; a query sees one state of the data. */
export const orgProcedure = (permission: Permission) =>
  memberProcedure(permission).use(({ ctx, next, type }) =>
    ctx.access.inScope(
      async (scope: OrgScope) => {
        const result = await next({ ctx: { ...ctx, scope } });
        if (!result.ok) throw result.error; // rolls back
        return result;
      },
      { isSnapshot: type === "query" },
    ),
  );

/** For verbs that wait for the provider or stream: they open short transactions themselves, through ctx.access. */
export const orgAccessProcedure = (permission: Permission) => memberProcedure(permission);
