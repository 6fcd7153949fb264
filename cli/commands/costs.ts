import { openOrg } from "@/cli/access";
import { dayArgument, dayRange, listArgument } from "@/cli/arguments";
import { defineCommand, UsageError } from "@/cli/command";
import { reportToText } from "@/cli/output/report";
import { type CostGroup, costGroups, refusedTogether } from "@/server/usage/facts-report-groups";
import { reportToJson } from "@/server/usage/report-json";

type Options = { org: string; from: string; to: string; groupBy?: CostGroup[] };

/** A year by every dimension takes longer than a page may. */
const TIMEOUT_MS = 300_000;

export const costs = defineCommand<Options>({
  name: "costs",
  summary: "Spend from the stored facts, to the last digit",
  define: (command) =>
    command
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .requiredOption("--from <day>", "first UTC day", dayArgument)
      .requiredOption("--to <day>", "UTC day after the last one", dayArgument)
      .option("--group-by <list>", `any of ${costGroups.join(",")}; one total without it`, listArgument(costGroups)),

  prepare: ({ org, from, to, groupBy = [] }) => {
    const range = dayRange(from, to);
    const refusal = refusedTogether(groupBy);
    if (refusal) throw new UsageError(refusal);
    return async () => {
      const { reportCosts } = await import("@/server/usage/facts-report");
      const access = await openOrg(org);
      const report = await access.inScope((scope) => reportCosts(scope, { range, groupBy }), {
        timeoutMs: TIMEOUT_MS,
        isSnapshot: true,
      });
      return { json: reportToJson(report), text: reportToText(report) };
    };
  },
});
