import { InvalidArgumentError, Option } from "commander";
import { openOrg } from "@/cli/access";
import { defineCommand, UsageError } from "@/cli/command";
import { renderTable } from "@/cli/output/table";
import { writeWhole } from "@/cli/output/write-whole";
import { chargebackToJson } from "@/server/chargeback/chargeback-json";
import { type ChargePart, chargeParts } from "@/server/allocation/constants";
import type { Chargeback } from "@/server/chargeback/schema";

type Options = { org: string; month: string; out?: string; format?: "csv" | "pdf"; by?: ChargePart };

const TIMEOUT_MS = 300_000;

export const chargeback = defineCommand<Options>({
  name: "chargeback",
  summary: "What each cost center is charged for a UTC month",
  define: (command) =>
    command
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .requiredOption("--month <month>", "UTC month, such as 2026-10", monthArgument)
      .option("--out <file>", "write a file instead; it is there only once it is whole")
      .addOption(new Option("--format <format>", "of --out").choices(["csv", "pdf"]))
      .addOption(
        new Option("--by <part>", "of --out: what each cost center's charges are made of").choices(chargeParts),
      ),

  prepare: ({ org, month, out, by, format = out?.endsWith(".pdf") ? "pdf" : "csv" }) => {
    if (out === undefined && format === "pdf") throw new UsageError("Say where the PDF goes: --out.");
    if (out === undefined && by !== undefined) throw new UsageError("--by is of a file: --out. JSON has both.");
    return async () => {
      const access = await openOrg(org);
      if (out !== undefined) {
        const { makeChargebackFile } = await import("@/server/chargeback/make-file");
        const { content } = await makeChargebackFile(access, { month, format, by: by ?? "project", locale: "en" });
        await writeWhole(out, [content]);
        return { json: { file: out, bytes: content.length }, text: `Wrote ${out}: ${content.length} bytes.` };
      }
      const { getChargeback } = await import("@/server/chargeback/report");
      const report = await access.inScope((scope) => getChargeback(scope, { month }), {
        timeoutMs: TIMEOUT_MS,
        isSnapshot: true,
      });
      return { json: chargebackToJson(report), text: toText(report) };
    };
  },
});

function monthArgument(text: string): string {
  if (!/^20[2-9]\d-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError("Give a month such as 2026-10.");
  return text;
}

type Amounts = NonNullable<Chargeback["totals"]>;

function toText({ lines, totals, isOpen, freshness }: Chargeback): string {
  const row = (name: string, { billed, adjustment, shown }: Amounts) => [name, billed, adjustment, shown];
  const table = renderTable(
    [
      { title: "cost center" },
      { title: "billed", align: "decimal" },
      { title: "adjustment", align: "decimal" },
      { title: "charged", align: "decimal" },
    ],
    [
      ...lines.map((line) => row(line.costCenter?.name ?? "unallocated", line)),
      ...(totals ? [row("total", totals)] : []),
    ],
  );
  const remarks = [freshness.asOf ? `As of ${freshness.asOf}.` : "Never fetched completely."];
  if (isOpen) remarks.push("The month is not over: amounts still move.");
  if (freshness.missing.length > 0) remarks.push("Days of the month are missing.");
  return `${table}\n\n${remarks.join("\n")}`;
}
