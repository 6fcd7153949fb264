import { Argument } from "commander";
import { openOrg } from "@/cli/access";
import { dayArgument, dayRange, listArgument } from "@/cli/arguments";
import { defineCommand } from "@/cli/command";
import { reportToText } from "@/cli/output/report";
import { type UsageGroup, usageGroups } from "@/server/usage/facts-report-groups";
import { type UsageEndpoint, usageEndpoints } from "@/server/usage/measures";
import { reportToJson } from "@/server/usage/report-json";

type Options = { org: string; from: string; to: string; groupBy?: UsageGroup[] };

const TIMEOUT_MS = 300_000;

export const usage = defineCommand<Options>({
  name: "usage",
  summary: "Tokens, requests and other counts from the stored facts",
  define: (command) =>
    command
      .addArgument(new Argument("<endpoint>", "one of the provider's usage endpoints").choices(usageEndpoints))
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .requiredOption("--from <day>", "first UTC day", dayArgument)
      .requiredOption("--to <day>", "UTC day after the last one", dayArgument)
      .option("--group-by <list>", `any of ${usageGroups.join(",")}; one total without it`, listArgument(usageGroups)),

  prepare: ({ org, from, to, groupBy = [] }, _standard, [endpoint]) => {
    const range = dayRange(from, to);
    return async () => {
      const { reportUsage } = await import("@/server/usage/facts-report");
      const access = await openOrg(org);
      const input = { endpoint: endpoint as UsageEndpoint, range, groupBy };
      const report = await access.inScope((scope) => reportUsage(scope, input), {
        timeoutMs: TIMEOUT_MS,
        isSnapshot: true,
      });
      return { json: reportToJson(report), text: reportToText(report) };
    };
  },
});
