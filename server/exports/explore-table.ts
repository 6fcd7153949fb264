import type { OrgScope } from "@/server/auth/scope";
import type { ExploreDimension } from "@/server/explore/constants";
import { explore } from "@/server/explore/explore";
import type { Amount, ExploreGroup, ExploreResult } from "@/server/explore/schema";
import type { ExploreSource } from "@/server/exports/explore-source";
import {
  type Cell,
  count,
  decimal,
  type ExportColumn,
  type ExportRow,
  type ExportTable,
  inPages,
  plainMoney,
  text,
} from "@/server/exports/table";
import type { ReportCoverage } from "@/server/usage/facts-report-coverage";

/**
 * An answer of the Explore page: what its chart draws, step by step, or what its table says, group by group. The rows of
 * either add up to the total of the page.
 * @throws AppError as explore
 */
export async function exploreTable(
  scope: OrgScope,
  { query, rows }: ExploreSource,
): Promise<{ table: ExportTable; coverage: ReportCoverage }> {
  const result = await explore(scope, query);
  const { columns, lines } = rows === "steps" ? stepsOf(result) : groupsOf(result);
  const table: ExportTable = {
    columns,
    pages: inPages(lines),
    money: query.measure === "cost" ? plainMoney : null,
    remarks: () => remarksOf(result),
  };
  return { table, coverage: coverageOf(result) };
}

type Layout = { columns: ExportColumn[]; lines: ExportRow[] };

function stepsOf(result: ExploreResult): Layout {
  const { buckets, groups } = result;
  const measured = measureOf(result);
  return {
    columns: [text("step_start"), text("step_state"), ...groupColumns(result), ...measured.columns()],
    lines: buckets.flatMap(({ start, state }, step) =>
      groups.map((group) => [
        start,
        state,
        ...groupCells(result, group),
        ...measured.cells(group.values[step] ?? null),
      ]),
    ),
  };
}

function groupsOf(result: ExploreResult): Layout {
  const { groups, previousRange } = result;
  const measured = measureOf(result);
  const previous = (group: ExploreGroup) => (previousRange ? [measured.value(group.previousTotal)] : []);
  return {
    columns: [
      ...groupColumns(result),
      ...measured.columns(),
      ...(previousRange ? measured.columns("previous_").slice(-1) : []),
    ],
    lines: groups.map((group) => [...groupCells(result, group), ...measured.cells(group.total), ...previous(group)]),
  };
}

/** Money with its currency, or a count under the measure's own name. */
function measureOf({ query: { measure } }: ExploreResult) {
  if (measure === "cost") {
    const value = (amount: Amount): Cell => amount;
    return {
      columns: (prefix = "") => [text("currency"), decimal(`${prefix}amount`)],
      cells: (amount: Amount): Cell[] => ["usd", amount],
      value,
    };
  }
  const value = (amount: Amount): Cell => (amount === null ? null : BigInt(amount));
  return {
    columns: (prefix = "") => [count(`${prefix}${measure}`)],
    cells: (amount: Amount) => [value(amount)],
    value,
  };
}

/** Ids and, where they are not names themselves, names. */
const dimensionColumns: Partial<Record<ExploreDimension, readonly [id: string, name: string]>> = {
  project: ["project_id", "project_name"],
  user: ["user_id", "user_name"],
  api_key: ["api_key_id", "api_key_name"],
  connection: ["connection_id", "connection_name"],
  cost_center: ["cost_center_id", "cost_center_name"],
  service_account: ["service_account_id", "service_account_name"],
};

const groupColumns = ({ query }: ExploreResult): ExportColumn[] => [
  text("group"),
  ...query.groupBy.flatMap((dimension) => (dimensionColumns[dimension] ?? [dimension]).map(text)),
];

function groupCells({ query }: ExploreResult, { kind, labels }: ExploreGroup): Cell[] {
  const ofLabel = (dimension: ExploreDimension, place: number): Cell[] => {
    const { key = null, name = null } = labels[place] ?? {};
    return dimensionColumns[dimension] ? [key, name] : [key];
  };
  return [kind, ...query.groupBy.flatMap(ofLabel)];
}

/** What the page says beside its rows. */
function remarksOf({ timezone, undivided, groupCount, previousRange, totals }: ExploreResult) {
  return {
    timezone,
    group_count: groupCount,
    ...(totals.value !== null && { total: totals.value }),
    ...(undivided !== null && { undivided }),
    ...(previousRange && { previous_from: previousRange.from, previous_to: previousRange.to }),
    ...(totals.previous !== null && { previous_total: totals.previous }),
  };
}

const coverageOf = ({ buckets, freshness }: ExploreResult): ReportCoverage => ({
  asOf: freshness.asOf,
  isComplete: freshness.problems.length === 0 && buckets.every(({ state }) => state === "known"),
  missing: freshness.missing,
  problems: freshness.problems,
});
