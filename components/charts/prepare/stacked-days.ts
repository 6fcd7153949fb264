import { assignColors, otherColor, unattributedColor } from "@/components/charts/prepare/colors";
import type { ChartMember, MemberKind, Series, StackedDays, StackedDaysInput } from "@/components/charts/prepare/types";
import { compareDecimals, type DecimalText, sumDecimals } from "@/components/lib/decimal";

const DEFAULT_MAX_MEMBERS = 8;

type Row = { member: ChartMember; kind: MemberKind; values: (DecimalText | null)[]; total: DecimalText | null };

/**
 * Decides everything a stacked chart shows: order, top N and Other, colours, totals, gaps. The server has already cut
 * to the top N; a longer or ragged answer is put right here rather than drawn wrong.
 */
export function prepareStackedDays(input: StackedDaysInput): StackedDays {
  const rows = input.members.map((member, index) => toRow(member, input.values[index] ?? [], input.days.length));
  const kept = gather(rows, input);
  const colors = assignColors(
    kept.filter((row) => row.kind === "entity").map((row) => row.member.key),
    input.colors,
  );
  const series = kept.map(
    (row, index): Series => ({
      id: `s${index}`,
      key: row.member.key,
      label: row.member.label,
      kind: row.kind,
      href: row.member.href,
      isDashed: row.member.isDashed ?? false,
      color: colorOf(row, colors),
      values: row.values,
      total: row.total,
    }),
  );
  const totals = input.days.map((_, day) => sumDecimals(series.map((one) => one.values[day])));
  return {
    days: input.days,
    series,
    totals,
    total: sumDecimals(totals),
    openDays: new Set(input.openDays ?? []),
    previous: input.previous ?? null,
    marks: marksByDay(input),
    isEmpty: totals.every((total) => total === null),
  };
}

function marksByDay({ days, marks = [] }: StackedDaysInput): StackedDays["marks"] {
  const drawn = new Set(days);
  return Map.groupBy(
    marks.filter(({ day }) => drawn.has(day)),
    ({ day }) => day,
  );
}

function toRow(member: ChartMember, values: readonly (DecimalText | null)[], length: number): Row {
  const padded = Array.from({ length }, (_, day) => values[day] ?? null);
  return { member, kind: member.kind ?? "entity", values: padded, total: sumDecimals(padded) };
}

/** Largest first; what is over the maximum joins the server's own Other, which comes last but for unattributed. */
function gather(rows: readonly Row[], input: StackedDaysInput): Row[] {
  const entities = rows.filter((row) => row.kind === "entity").sort(byTotal);
  const maximum = input.maxMembers ?? DEFAULT_MAX_MEMBERS;
  const top = entities.slice(0, maximum);
  const others = [...rows.filter((row) => row.kind === "other"), ...entities.slice(maximum)];
  const unattributed = rows.filter((row) => row.kind === "unattributed");
  const other = others.length > 0 ? [merge(others, input)] : [];
  return [...top, ...other, ...unattributed];
}

function merge(rows: readonly Row[], input: StackedDaysInput): Row {
  const values = input.days.map((_, day) => sumDecimals(rows.map((row) => row.values[day])));
  const given = rows.find((row) => row.kind === "other");
  const member = given?.member ?? { key: "other", label: input.otherLabel };
  return { member, kind: "other", values, total: sumDecimals(values) };
}

function byTotal(a: Row, b: Row): number {
  if (a.total === null || b.total === null) return a.total === b.total ? 0 : a.total === null ? 1 : -1;
  return compareDecimals(b.total, a.total) || (a.member.key < b.member.key ? -1 : 1);
}

function colorOf(row: Row, colors: ReadonlyMap<string, string>): string {
  if (row.kind === "unattributed") return unattributedColor;
  return row.kind === "other" ? otherColor : (colors.get(row.member.key) ?? otherColor);
}
