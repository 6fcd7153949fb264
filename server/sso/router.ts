import { addDomain } from "@/server/sso/add-domain";
import { getSsoSettings } from "@/server/sso/get-settings";
import { removeDomain } from "@/server/sso/remove-domain";
import { removeProvider } from "@/server/sso/remove-provider";
import { requireSso } from "@/server/sso/requirement";
import {
  DomainInput,
  RemoveDomainInput,
  RemoveProviderInput,
  RequireSsoInput,
  SetProviderInput,
} from "@/server/sso/schema";
import { setProvider } from "@/server/sso/set-provider";
import { verifyDomain } from "@/server/sso/verify-domain";
import { orgAccessProcedure, orgProcedure, router } from "@/server/trpc/procedures";

export const ssoRouter = router({
  get: orgProcedure("security:read").query(({ ctx }) => getSsoSettings(ctx.scope, ctx.user.session)),

  setProvider: orgAccessProcedure("security:write")
    .input(SetProviderInput)
    .mutation(({ ctx, input }) => setProvider(ctx.access, input)),

  removeProvider: orgProcedure("security:write")
    .input(RemoveProviderInput)
    .mutation(({ ctx, input }) => removeProvider(ctx.scope, input.stopRequiring)),

  require: orgProcedure("security:write")
    .input(RequireSsoInput)
    .mutation(({ ctx, input }) => requireSso(ctx.scope, input.isRequired, ctx.user.session)),

  addDomain: orgProcedure("security:write")
    .input(DomainInput)
    .mutation(({ ctx, input }) => addDomain(ctx.scope, input.domain)),

  verifyDomain: orgAccessProcedure("security:write")
    .input(DomainInput)
    .mutation(({ ctx, input }) => verifyDomain(ctx.access, input.domain)),

  removeDomain: orgProcedure("security:write")
    .input(RemoveDomainInput)
    .mutation(({ ctx, input }) => removeDomain(ctx.scope, input)),
});
