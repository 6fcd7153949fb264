import type { OrgScope } from "@/server/auth/scope";
import { columnOf } from "@/server/explore/measures";
import type { CellsQuestion, GroupCells } from "@/server/explore/explore.sql";
import { addUp } from "@/server/explore/packs/add-up";
import { groupSeries } from "@/server/explore/packs/groups.sql";
import { loadPacks } from "@/server/explore/packs/load";
import { planPeriod } from "@/server/explore/packs/plan";
import type { SeriesColumn } from "@/server/explore/source";
import type { UtcDay } from "@/server/lib/time";

/** Each stretch of days with labels of its own is one more look at all series. */
const MAX_SEGMENTS = 12;

/**
 * The same answer as that of the facts, made of their packs; null where packs cannot answer: an organization has none, or
 * not of these days, or its labels change too often.
 */
export async function readPackedCells(scope: OrgScope, question: CellsQuestion): Promise<GroupCells[] | null> {
  const { measure, granularity, timezone, periods, groupBy } = question;
  const segments = segmentsOf(question);
  if (segments.length > MAX_SEGMENTS) return null;
  const planned = periods.map((range, period) => planPeriod({ granularity, timezone, segments }, { range, period }));
  const packs = await loadPacks(scope, {
    columns: columnsByList(question),
    units: planned.flatMap(({ units }) => units),
    measure: measure === "cost" ? "amount" : columnOf(measure),
  });
  if (!packs) return null;
  const series = await groupSeries(scope, question, segments);
  const isByHour = granularity === "hour";
  return addUp({
    series,
    packs,
    periods: planned,
    segments,
    isByHour,
    top: question.top,
    isGrouped: groupBy.length > 0,
  });
}

/** Beside the people's own list, all is nobody's. */
function columnsByList({ source, streams }: CellsQuestion): Map<number, readonly SeriesColumn[]> {
  const others = source.columns.filter((column) => column !== "user_id");
  const totals = streams.totals?.map((id) => [id, others] as const) ?? [];
  return new Map([...totals, ...streams.own.map((id) => [id, source.columns] as const)]);
}

/** The first days of the stretches in which no label begins or ends; one without labels. */
function segmentsOf({ labels, span }: CellsQuestion): UtcDay[] {
  const edges = [...labels.values()].flat().flatMap(({ from, to }) => [from, to]);
  return [...new Set([span.from, ...edges.filter((day) => day > span.from && day < span.to)])].toSorted();
}
