import { z } from "zod";
import { exportDatasets, exportFormats } from "@/server/exports/constants";
import { exploreParameters, type ExploreSource, exploreSourceOf } from "@/server/exports/explore-source";
import { costGroups, refusedTogether, usageGroups } from "@/server/usage/facts-report-groups";
import { usageEndpoints } from "@/server/usage/measures";
import { DayRange } from "@/server/usage/schema";

const Endpoint = z.enum(usageEndpoints);

/** `costs`: the invoice, by day, project, key and line item; `costs:user`: the same money by person; or an endpoint. */
const Facts = z.union([z.enum(["costs", "costs:user"]), z.templateLiteral(["usage:", Endpoint])]);

/** "day,project": words with commas between them. */
const Groups = z
  .string()
  .max(200)
  .transform((list) => [...new Set(list.split(",").map((word) => word.trim()))].filter(Boolean));

const Flag = z
  .enum(["0", "1"])
  .default("0")
  .transform((flag) => flag === "1");

/**
 * What is to be exported, as it stands in an address: raw facts, sums of costs or of an endpoint's usage by groups, or an
 * answer of the Explore page. FOCUS is always of the facts of the invoice.
 */
const ExportParameters = z.object({
  format: z.enum(exportFormats).default("csv"),
  facts: Facts.optional(),
  dataset: z.enum(exportDatasets).default("costs"),
  endpoint: Endpoint.default("completions"),
  group_by: Groups.optional(),
  ...exploreParameters,
  bom: Flag,
  /** Instead of the content, what the manifest says about it. */
  manifest: Flag,
});

export const ExportInput = DayRange.and(ExportParameters).transform((given, context): ExportRequest => {
  const { from, to, format, bom, manifest } = given;
  const source = sourceOf(given, (message) => context.addIssue({ code: "custom", message, path: ["group_by"] }));
  return { range: { from, to }, format, source, hasBom: bom, isManifest: manifest };
});

type Source = ExportRequest["source"];
type Parameters = z.infer<typeof ExportParameters> & DayRange;

function sourceOf(given: Parameters, refuse: Refuse): Source {
  const { format, facts, dataset, endpoint, group_by: words = [] } = given;
  if (words.length > 0 && (facts || format === "focus")) refuse("facts are not grouped: leave out one of the two");
  if (format === "focus") {
    if (facts && facts !== "costs") refuse("FOCUS describes charges: it is made of the facts of costs");
    return { kind: "facts", stream: "costs.project" };
  }
  if (facts === "costs") return { kind: "facts", stream: "costs.project" };
  if (facts === "costs:user") return { kind: "facts", stream: "costs.user" };
  if (facts) return { kind: "facts", stream: `usage.${facts.slice("usage:".length) as typeof endpoint}` };
  if (dataset === "explore") {
    const { measure, granularity, zone, filter, compare, top, tag, rows, from, to } = given;
    const asked = { measure, granularity, zone, filter, compare, top, tag, rows, range: { from, to } };
    return exploreSourceOf(asked, words, refuse);
  }
  if (dataset === "usage") return { kind: "usage", endpoint, groupBy: known(words, usageGroups, refuse) };
  const groupBy = known(words, costGroups, refuse);
  const refusal = refusedTogether(groupBy);
  if (refusal) refuse(refusal);
  return { kind: "costs", groupBy };
}

type Refuse = (message: string) => void;

function known<const Word extends string>(words: readonly string[], allowed: readonly Word[], refuse: Refuse): Word[] {
  const found = words.flatMap((word) => allowed.filter((candidate) => candidate === word));
  if (found.length < words.length) refuse(`choose from ${allowed.join(", ")}`);
  return found;
}

export type FactsStream = "costs.project" | "costs.user" | `usage.${z.infer<typeof Endpoint>}`;

/** What to write, of which UTC days, and how. */
export type ExportRequest = {
  range: DayRange;
  format: (typeof exportFormats)[number];
  source:
    | { kind: "facts"; stream: FactsStream }
    | { kind: "costs"; groupBy: (typeof costGroups)[number][] }
    | { kind: "usage"; endpoint: z.infer<typeof Endpoint>; groupBy: (typeof usageGroups)[number][] }
    | ExploreSource;
  /** Of CSV: for spreadsheets that otherwise guess an encoding. */
  hasBom: boolean;
  isManifest: boolean;
};
