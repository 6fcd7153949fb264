import { type Column, renderTable } from "@/cli/output/table";
import type { FactsReport } from "@/server/usage/facts-report-groups";

/** A report for people, without counts that are zero or unknown in every row: there are many, and lines are short. */
export function reportToText(report: FactsReport): string {
  const { rows } = report;
  if (rows.length === 0) return `Nothing in this range.\n\n${describeCoverage(report)}`;
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const counts = names.filter((name) => rows.some((row) => typeof row[name] === "bigint"));
  const isIdle = (name: string) => counts.includes(name) && rows.every((row) => !row[name]);
  const shown = names.filter((name) => !isIdle(name) || counts.every(isIdle));
  const columns = shown.map((name): Column => ({ title: name, align: alignmentOf(name, counts) }));
  const table = renderTable(
    columns,
    rows.map((row) => shown.map((name) => row[name])),
  );
  const remark = shown.length < names.length ? "\nCounts that are zero throughout are left out; --json has them." : "";
  return `${table}\n\n${describeCoverage(report)}${remark}`;
}

function alignmentOf(name: string, counts: readonly string[]): Column["align"] {
  if (name === "amount") return "decimal";
  return counts.includes(name) ? "count" : "text";
}

function describeCoverage({ asOf, isComplete, missing, problems }: FactsReport): string {
  const lines = [asOf ? `As of ${asOf}${isComplete ? ", complete." : "."}` : "Never fetched completely."];
  if (missing.length > 0) {
    const ranges = missing.map(({ from, to }) => `${from} to ${to}`).join(", ");
    lines.push(`Not closed or not fetched (end exclusive): ${ranges}.`);
  }
  for (const { connectionName, stream, code } of problems)
    lines.push(`Failing: ${stream ?? "all"} of ${connectionName} (${code}).`);
  return lines.join("\n");
}
