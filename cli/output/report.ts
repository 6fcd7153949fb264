import type { JsonValue } from "@/cli/output/json";
import { type Column, renderTable } from "@/cli/output/table";
import type { FactsReport, ReportRow } from "@/server/usage/facts-report-groups";

/** A report for programs: exactly as documented in the README's section on the command line. */
export function reportToJson({ rows, asOf, isComplete, missing, problems }: FactsReport): JsonValue {
  const answer = { rows, as_of: asOf, complete: isComplete };
  if (isComplete) return answer;
  return {
    ...answer,
    missing,
    problems: problems.map(({ connectionId, connectionName, stream, code }) => ({
      connection_id: connectionId,
      connection_name: connectionName,
      stream,
      code,
    })),
  };
}

/** The same for people; `omitted` are columns that say too little to take a line's room. */
export function reportToText(report: FactsReport, omitted: readonly string[] = []): string {
  const names = [...new Set(report.rows.flatMap((row) => Object.keys(row)))].filter((name) => !omitted.includes(name));
  const columns = names.map((name): Column => ({ title: name, align: alignmentOf(name, report.rows) }));
  const table =
    report.rows.length === 0
      ? "Nothing in this range."
      : renderTable(
          columns,
          report.rows.map((row) => names.map((name) => row[name])),
        );
  return `${table}\n\n${describeCoverage(report)}`;
}

function alignmentOf(name: string, rows: readonly ReportRow[]): Column["align"] {
  if (name === "amount") return "decimal";
  return rows.some((row) => typeof row[name] === "bigint") ? "count" : "text";
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
