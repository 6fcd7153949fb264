import { Option } from "commander";
import { openOrg } from "@/cli/access";
import { filterArgument } from "@/cli/arguments";
import { defineCommand } from "@/cli/command";
import { forecastToText } from "@/cli/output/forecast";
import { type ExploreFilter, exploreZones } from "@/server/explore/constants";
import { forecastPeriods } from "@/server/forecasts/constants";
import { forecastToJson } from "@/server/forecasts/forecast-json";
import type { ForecastInput } from "@/server/forecasts/schema";

type Options = Pick<ForecastInput, "period" | "zone"> & { org: string; filter: ExploreFilter[]; tag?: string };

const TIMEOUT_MS = 300_000;

export const forecast = defineCommand<Options>({
  name: "forecast",
  summary: "What the running month or quarter will come to",
  define: (command) =>
    command
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .addOption(new Option("--period <which>", "the running one").choices(forecastPeriods).default("month"))
      .addOption(new Option("--zone <whose>", "whose days").choices(exploreZones).default("utc"))
      .option("--filter <condition>", 'repeatable: "project=proj_a,proj_b", "model!=x"', filterArgument, [])
      .option("--tag <key>", "which tag filters by tag mean"),

  prepare: async ({ org, filter, ...rest }) => {
    const { ForecastInput: Input } = await import("@/server/forecasts/schema");
    const input = Input.parse({ ...rest, filters: filter });
    return async () => {
      const { getForecast } = await import("@/server/forecasts/get-forecast");
      const access = await openOrg(org);
      const result = await access.inScope((scope) => getForecast(scope, input), {
        timeoutMs: TIMEOUT_MS,
        isSnapshot: true,
      });
      return { json: forecastToJson(result), text: forecastToText(result) };
    };
  },
});
