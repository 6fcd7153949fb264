import { Option } from "commander";
import { openOrg } from "@/cli/access";
import { dayArgument, dayRange, filterArgument, integerArgument, listArgument } from "@/cli/arguments";
import { defineCommand, UsageError } from "@/cli/command";
import { exploreToText } from "@/cli/output/explore";
import { whyToText } from "@/cli/output/why";
import {
  exploreComparisons,
  type ExploreDimension,
  exploreDimensions,
  type ExploreFilter,
  exploreGranularities,
  exploreMeasures,
  exploreZones,
  refusalOf,
  refusalSentence,
} from "@/server/explore/constants";
import { exploreToJson } from "@/server/explore/explore-json";
import { whyToJson } from "@/server/explore/why-json";
import type { ExploreQuery } from "@/server/explore/schema";

type Options = Pick<ExploreQuery, "measure" | "granularity" | "compare" | "zone"> & {
  org: string;
  from: string;
  to: string;
  groupBy?: ExploreDimension[];
  filter: ExploreFilter[];
  top?: number;
  why?: boolean;
  tag?: string;
};

const TIMEOUT_MS = 300_000;

export const exploreCommand = defineCommand<Options>({
  name: "explore",
  summary: "Any view of the Explore page: one measure by bucket and group",
  define: (command) =>
    command
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .requiredOption("--from <day>", "first day", dayArgument)
      .requiredOption("--to <day>", "day after the last one", dayArgument)
      .addOption(new Option("--measure <name>", "what is added up").choices(exploreMeasures).default("cost"))
      .option("--group-by <list>", `up to two of ${exploreDimensions.join(",")}`, listArgument(exploreDimensions))
      .addOption(new Option("--granularity <step>", "length of a bucket").choices(exploreGranularities).default("day"))
      .addOption(new Option("--zone <whose>", "whose days").choices(exploreZones).default("utc"))
      .option(
        "--filter <condition>",
        'repeatable: "project=proj_a,proj_b", "model!=x", "user~anna"; (none) is what nobody was named for',
        filterArgument,
        [],
      )
      .addOption(new Option("--compare <period>", "what to compare with").choices(exploreComparisons).default("none"))
      .option("--tag <key>", "which tag groups and filters by tag mean")
      .option("--top <count>", "groups by name, the others are added up", integerArgument)
      .option("--why", "take the change of cost against the period compared with apart, exactly"),

  prepare: async ({ org, from, to, groupBy = [], filter, top, why, tag = null, ...rest }) => {
    const refusal = refusalOf({ measure: rest.measure, groupBy, filters: filter, tag });
    if (refusal) throw new UsageError(refusalSentence(refusal));
    if (why && rest.measure !== "cost")
      throw new UsageError("Only changes of cost can be taken apart: leave --measure out.");
    const { ExploreQuery: Query } = await import("@/server/explore/schema");
    const query = Query.parse({ ...rest, range: dayRange(from, to), groupBy, filters: filter, top, tag });
    return async () => {
      const { explore } = await import("@/server/explore/explore");
      const access = await openOrg(org);
      const reading = { timeoutMs: TIMEOUT_MS, isSnapshot: true };
      if (why) {
        const { explainChange } = await import("@/server/explore/why");
        const change = await access.inScope((scope) => explainChange(scope, query), reading);
        return { json: whyToJson(change), text: whyToText(change) };
      }
      const result = await access.inScope((scope) => explore(scope, query), reading);
      return { json: exploreToJson(result), text: exploreToText(result) };
    };
  },
});
