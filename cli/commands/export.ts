import { Option } from "commander";
import { openOrg } from "@/cli/access";
import { dayArgument } from "@/cli/arguments";
import { defineCommand, UsageError } from "@/cli/command";
import { writeWhole } from "@/cli/output/write-whole";
import {
  exploreComparisons,
  exploreGranularities,
  type ExploreMeasure,
  exploreMeasures,
  exploreZones,
} from "@/server/explore/constants";
import { type ExportFormat, exportFormats, exploreRows } from "@/server/exports/constants";
import { usageEndpoints } from "@/server/usage/measures";

/** Of a question of the Explore page, as its address names them. */
type Question = {
  measure?: ExploreMeasure;
  granularity?: string;
  zone?: string;
  filter?: string[];
  compare?: string;
  top?: string;
  rows?: string;
  tag?: string;
};

type Options = Question & {
  org: string;
  from: string;
  to: string;
  facts?: string;
  since?: string;
  usage?: string;
  groupBy?: string;
  format: ExportFormat;
  out: string;
  manifest?: string;
  bom?: boolean;
};

export const exportCommand = defineCommand<Options>({
  name: "export",
  summary: "Write spend or usage to a file, raw or grouped, with a manifest of what it holds",
  define: (command) =>
    command
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .requiredOption("--from <day>", "first UTC day", dayArgument)
      .requiredOption("--to <day>", "UTC day after the last one", dayArgument)
      .addOption(new Option("--format <format>", "what to write").choices(exportFormats).default("csv"))
      .requiredOption("--out <file>", "where to; it is there only once it is whole")
      .option("--manifest <file>", "filters, columns, row count, exact sums and SHA-256, as JSON")
      .option("--group-by <list>", "the groups of costs, or with --usage of usage; one total without it")
      .addOption(new Option("--usage <endpoint>", "counts of an endpoint instead of costs").choices(usageEndpoints))
      .option("--facts <list>", "every stored fact instead of sums: costs, costs:user or usage:<endpoint>")
      .addOption(
        new Option("--measure <name>", "an answer of the Explore page instead, of this measure").choices(
          exploreMeasures,
        ),
      )
      .addOption(new Option("--granularity <step>", "of --measure: length of a step").choices(exploreGranularities))
      .addOption(new Option("--zone <whose>", "of --measure: whose days").choices(exploreZones))
      .option("--filter <condition...>", 'of --measure: "project=proj_a,proj_b", "model!=x", "user~anna"')
      .addOption(new Option("--compare <period>", "of --measure: with --rows groups").choices(exploreComparisons))
      .option("--tag <key>", "of --measure: which tag groups and filters by tag mean")
      .option("--top <count>", "of --measure: groups by name, the others are added up")
      .addOption(
        new Option("--rows <what>", "of --measure: a line for each step, or for each group").choices(exploreRows),
      )
      .option(
        "--since <export>",
        "what is not as it was in an export: restatements, and days that still moved, whole (its id: exports list)",
      )
      .option("--bom", "begin CSV with a byte order mark, for spreadsheets that guess the encoding"),

  prepare: async (options) => {
    const { org, from, to, facts, groupBy, format, out, manifest: manifestFile, bom } = options;
    const { ExportInput } = await import("@/server/exports/schema");
    const asked = { from, to, format, facts, group_by: groupBy, bom: bom ? "1" : "0", ...datasetOf(options) };
    const request = ExportInput.parse(asked);
    return async () => {
      const { startExport } = await import("@/server/exports/start-export");
      const access = await openOrg(org);
      const started = await startExport(access, request);
      await writeWhole(out, started.stream);
      const manifest = await started.manifest;
      if (manifestFile) await writeWhole(manifestFile, [`${JSON.stringify(manifest, null, 2)}\n`]);
      const lines = [
        `Wrote ${out}: ${manifest.rows.toLocaleString("en-US")} rows, ${manifest.bytes.toLocaleString("en-US")} bytes.`,
        ...manifest.sums.map(({ column, currency, sum }) => `${column}: ${sum}${currency ? ` ${currency}` : ""}`),
        manifest.complete ? "Complete." : "Not complete: days are missing or not closed; the manifest names them.",
      ];
      return { json: { file: out, ...manifest }, text: lines.join("\n") };
    };
  },
});

function datasetOf({ usage, measure, since, filter, ...question }: Options) {
  const { granularity, zone, compare, top, tag, rows } = question;
  const ofQuestion = { granularity, zone, compare, top, tag, rows, filter: filter?.join(";") };
  if ([usage, measure, since].filter(Boolean).length > 1)
    throw new UsageError("Give one of --usage, --measure and --since.");
  const given = Object.entries(ofQuestion).find(([, value]) => value !== undefined);
  if (measure) return { dataset: "explore", measure, ...ofQuestion };
  if (given) throw new UsageError(`--${given[0]} is of an answer of the Explore page: give --measure, too.`);
  if (since) return { dataset: "changes", since };
  return usage ? { dataset: "usage", endpoint: usage } : {};
}
