import { z } from "zod";
import { anomaliesToJson } from "@/server/anomalies/anomalies-json";
import { listAnomalies } from "@/server/anomalies/list-anomalies";
import { chargebackToJson } from "@/server/chargeback/chargeback-json";
import { getChargeback } from "@/server/chargeback/report";
import { ChargebackInput } from "@/server/chargeback/schema";
import { exploreDimensions } from "@/server/explore/constants";
import { explore } from "@/server/explore/explore";
import { exploreToJson } from "@/server/explore/explore-json";
import { explainChange } from "@/server/explore/why";
import { whyToJson } from "@/server/explore/why-json";
import { exploreParameters, exploreSourceOf } from "@/server/exports/explore-source";
import { forecastToJson } from "@/server/forecasts/forecast-json";
import { getForecast } from "@/server/forecasts/get-forecast";
import { ForecastInput } from "@/server/forecasts/schema";
import { reconcile } from "@/server/reconciliation/reconcile";
import { reconciliationToJson } from "@/server/reconciliation/reconcile-json";
import { defineRoute, listParameter, type RestRoute } from "@/server/rest/route";
import { DayRange } from "@/server/usage/schema";

/** What is added up over a year takes longer than a page may; all of an answer is of one moment. */
const READING = { timeoutMs: 60_000, isSnapshot: true };

/** A question as it stands in an address: names as those of an export's. */
const Question = DayRange.and(z.object({ ...exploreParameters, group_by: listParameter(exploreDimensions) })).transform(
  ({ from, to, group_by: words, ...given }, context) =>
    exploreSourceOf({ ...given, range: { from, to } }, words, (message) => context.addIssue(message)).query,
);

const OfForecast = ForecastInput.pick({ period: true, zone: true })
  .extend({ filter: exploreParameters.filter, tag: exploreParameters.tag })
  .transform(({ filter: filters, ...given }, context) => {
    const input = ForecastInput.safeParse({ ...given, filters });
    if (input.success) return input.data;
    context.addIssue(input.error.issues[0]?.message ?? "cannot be told");
    return z.NEVER;
  });

/** What the screens make of the figures. Answers are those of the commands of the same names. */
export const analysisRoutes: readonly RestRoute[] = [
  defineRoute({
    method: "GET",
    path: "/explore",
    scope: "usage:read",
    parameters: Question,
    handle: async ({ access, parameters }) =>
      exploreToJson(await access.inScope((scope) => explore(scope, parameters), READING)),
  }),

  defineRoute({
    method: "GET",
    path: "/explore/why",
    scope: "usage:read",
    parameters: Question,
    handle: async ({ access, parameters }) =>
      whyToJson(await access.inScope((scope) => explainChange(scope, parameters), READING)),
  }),

  defineRoute({
    method: "GET",
    path: "/forecast",
    scope: "usage:read",
    parameters: OfForecast,
    handle: async ({ access, parameters }) =>
      forecastToJson(await access.inScope((scope) => getForecast(scope, parameters), READING)),
  }),

  defineRoute({
    method: "GET",
    path: "/anomalies",
    scope: "usage:read",
    parameters: DayRange,
    handle: async ({ access, parameters: range }) =>
      anomaliesToJson(await access.inScope((scope) => listAnomalies(scope, { range }), READING)),
  }),

  defineRoute({
    method: "GET",
    path: "/reconciliation",
    scope: "usage:read",
    parameters: DayRange,
    handle: async ({ access, parameters: range }) => {
      const { ties, checks } = await access.inScope((scope) => reconcile(scope, range), READING);
      return reconciliationToJson(ties, checks);
    },
  }),

  defineRoute({
    method: "GET",
    path: "/chargeback",
    scope: "usage:read",
    parameters: ChargebackInput,
    handle: async ({ access, parameters }) =>
      chargebackToJson(await access.inScope((scope) => getChargeback(scope, parameters), READING)),
  }),
];
