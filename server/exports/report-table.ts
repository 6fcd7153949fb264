import type { OrgScope } from "@/server/auth/scope";
import type { ExportRequest } from "@/server/exports/schema";
import {
  type Cell,
  count,
  decimal,
  type ExportColumn,
  type ExportTable,
  inPages,
  plainMoney,
  text,
} from "@/server/exports/table";
import { tieUsers } from "@/server/exports/tie-users";
import { usageStream } from "@/server/openai/streams";
import { reportCosts, reportUsage } from "@/server/usage/facts-report";
import { groupFields, type ReportGroup, type ReportRow } from "@/server/usage/facts-report-groups";
import type { DayRange } from "@/server/usage/schema";

type Source = Extract<ExportRequest["source"], { kind: "costs" | "usage" }>;

/**
 * The rows of the reports of costs and usage. Sums are made in the database; their rows, one per combination of the groups,
 * are in memory at once.
 */
export function reportTable(scope: OrgScope, source: Source, range: DayRange): ExportTable {
  const columns = [...source.groupBy.flatMap(groupColumns), ...measureColumns(source)];
  const pages = pagesOf(columns, () => readRows(scope, source, range));
  return { columns, pages, money: source.kind === "costs" ? plainMoney : null };
}

const kinds: Partial<Record<ReportGroup, ExportColumn["kind"]>> = { hour: "instant", day: "day", batch: "boolean" };

function groupColumns(group: ReportGroup): ExportColumn[] {
  const { id, label } = groupFields[group];
  return [{ name: id, kind: kinds[group] ?? "text" }, ...(label ? [text(label)] : [])];
}

const measureColumns = (source: Source): ExportColumn[] =>
  source.kind === "costs" ? [text("currency"), decimal("amount")] : usageStream(source.endpoint).measures.map(count);

async function readRows(scope: OrgScope, source: Source, range: DayRange): Promise<readonly ReportRow[]> {
  if (source.kind === "usage") return (await reportUsage(scope, { ...source, range })).rows;
  const { groupBy } = source;
  const { rows } = await reportCosts(scope, { range, groupBy });
  const isTied = groupBy.includes("user");
  const totals = { range, groupBy: groupBy.filter((group) => group !== "user") };
  const tied = isTied ? tieUsers(groupBy, rows, (await reportCosts(scope, totals)).rows) : rows;
  return tied.map((row) => ({ ...row, currency: row.currency ?? "usd" }));
}

async function* pagesOf(columns: readonly ExportColumn[], read: () => Promise<readonly ReportRow[]>) {
  yield* inPages((await read()).map((row) => columns.map(({ name }): Cell => row[name] ?? null)));
}
