import { getForecast } from "@/server/forecasts/get-forecast";
import { ForecastInput } from "@/server/forecasts/schema";
import { orgProcedure, router } from "@/server/trpc/procedures";

export const forecastsRouter = router({
  get: orgProcedure("usage:read")
    .input(ForecastInput)
    .query(({ ctx, input }) => getForecast(ctx.scope, input)),
});
