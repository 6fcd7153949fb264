import { createToken } from "@/server/tokens/create-token";
import { listTokens } from "@/server/tokens/list-tokens";
import { revokeToken } from "@/server/tokens/revoke-token";
import { rotateToken } from "@/server/tokens/rotate-token";
import { CreateTokenInput, RotateTokenInput, TokenInput } from "@/server/tokens/schema";
import { orgProcedure, router } from "@/server/trpc/procedures";

export const tokensRouter = router({
  list: orgProcedure("tokens:read").query(({ ctx }) => listTokens(ctx.scope)),

  create: orgProcedure("tokens:write")
    .input(CreateTokenInput)
    .mutation(({ ctx, input }) => createToken(ctx.scope, input)),

  rotate: orgProcedure("tokens:write")
    .input(RotateTokenInput)
    .mutation(({ ctx, input }) => rotateToken(ctx.scope, input)),

  revoke: orgProcedure("tokens:write")
    .input(TokenInput)
    .mutation(({ ctx, input }) => revokeToken(ctx.scope, input)),
});
