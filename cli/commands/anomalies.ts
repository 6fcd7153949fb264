import { openOrg } from "@/cli/access";
import { dayArgument, dayRange } from "@/cli/arguments";
import { defineCommand } from "@/cli/command";
import { anomaliesToText } from "@/cli/output/anomalies";
import { anomaliesToJson } from "@/server/anomalies/anomalies-json";

type Options = { org: string; from: string; to: string };

const TIMEOUT_MS = 300_000;

export const anomalies = defineCommand<Options>({
  name: "anomalies",
  summary: "Spend that stands out from what is usual, and who caused it",
  define: (command) =>
    command
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .requiredOption("--from <day>", "first UTC day", dayArgument)
      .requiredOption("--to <day>", "day after the last one", dayArgument),

  prepare: ({ org, from, to }) => {
    const range = dayRange(from, to);
    return async () => {
      const { listAnomalies } = await import("@/server/anomalies/list-anomalies");
      const access = await openOrg(org);
      const result = await access.inScope((scope) => listAnomalies(scope, { range }), {
        timeoutMs: TIMEOUT_MS,
        isSnapshot: true,
      });
      return { json: anomaliesToJson(result), text: anomaliesToText(result) };
    };
  },
});
