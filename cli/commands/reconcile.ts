import { openOrg } from "@/cli/access";
import { dayArgument, dayRange } from "@/cli/arguments";
import { defineCommand } from "@/cli/command";
import { reconciliationToText } from "@/cli/output/reconciliation";
import { reconciliationToJson } from "@/server/reconciliation/reconcile-json";

type Options = { org: string; from: string; to: string };

const TIMEOUT_MS = 300_000;

export const reconcile = defineCommand<Options>({
  name: "reconcile",
  summary: "Whether every cut of the bill adds up to it, and usage at list prices beside the bill",
  define: (command) =>
    command
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .requiredOption("--from <day>", "first UTC day", dayArgument)
      .requiredOption("--to <day>", "UTC day after the last one", dayArgument),

  prepare: ({ org, from, to }) => {
    const range = dayRange(from, to);
    return async () => {
      const { reconcile: work } = await import("@/server/reconciliation/reconcile");
      const access = await openOrg(org);
      const { ties, checks } = await access.inScope((scope) => work(scope, range), {
        timeoutMs: TIMEOUT_MS,
        isSnapshot: true,
      });
      return { json: reconciliationToJson(ties, checks), text: reconciliationToText(ties, checks) };
    };
  },
});
