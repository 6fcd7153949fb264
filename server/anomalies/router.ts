import { dismissAnomaly, restoreAnomaly } from "@/server/anomalies/dismissals";
import { listAnomalies } from "@/server/anomalies/list-anomalies";
import { AnomaliesInput, AnomalyDismissal, AnomalyRef } from "@/server/anomalies/schema";
import { orgProcedure, router } from "@/server/trpc/procedures";

export const anomaliesRouter = router({
  list: orgProcedure("usage:read")
    .input(AnomaliesInput)
    .query(({ ctx, input }) => listAnomalies(ctx.scope, input)),

  dismiss: orgProcedure("anomalies:write")
    .input(AnomalyDismissal)
    .mutation(({ ctx, input }) => dismissAnomaly(ctx.scope, input)),

  restore: orgProcedure("anomalies:write")
    .input(AnomalyRef)
    .mutation(({ ctx, input }) => restoreAnomaly(ctx.scope, input)),
});
