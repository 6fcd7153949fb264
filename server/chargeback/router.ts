import { getChargeback } from "@/server/chargeback/report";
import { ChargebackInput } from "@/server/chargeback/schema";
import { orgProcedure, router } from "@/server/trpc/procedures";

export const chargebackRouter = router({
  get: orgProcedure("usage:read")
    .input(ChargebackInput)
    .query(({ ctx, input }) => getChargeback(ctx.scope, input)),
});
