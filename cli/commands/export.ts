import { Option } from "commander";
import { openOrg } from "@/cli/access";
import { dayArgument } from "@/cli/arguments";
import { defineCommand } from "@/cli/command";
import { writeWhole } from "@/cli/output/write-whole";
import { type ExportFormat, exportFormats } from "@/server/exports/constants";
import { usageEndpoints } from "@/server/usage/measures";

type Options = {
  org: string;
  from: string;
  to: string;
  facts?: string;
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
      .option("--bom", "begin CSV with a byte order mark, for spreadsheets that guess the encoding"),

  prepare: async ({ org, from, to, facts, usage, groupBy, format, out, manifest: manifestFile, bom }) => {
    const { ExportInput } = await import("@/server/exports/schema");
    const dataset = usage ? { dataset: "usage", endpoint: usage } : {};
    const request = ExportInput.parse({ from, to, format, facts, group_by: groupBy, bom: bom ? "1" : "0", ...dataset });
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
