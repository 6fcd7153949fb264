import { checkPrices } from "@/server/reconciliation/check-prices";
import { PriceCheckInput, TiesInput } from "@/server/reconciliation/schema";
import { tieOut } from "@/server/reconciliation/tie-out";
import { orgProcedure, router } from "@/server/trpc/procedures";

export const reconciliationRouter = router({
  ties: orgProcedure("usage:read")
    .input(TiesInput)
    .query(({ ctx, input }) => tieOut(ctx.scope, input.range)),

  prices: orgProcedure("usage:read")
    .input(PriceCheckInput)
    .query(({ ctx, input }) => checkPrices(ctx.scope, input)),
});
