import { addUtcDays, type UtcDay, utcDaysBetween } from "@/server/lib/time";
import { lengthInDays } from "@/server/usage/day-ranges";
import type { DayRange } from "@/server/usage/schema";

/**
 * Days [from, to) to be read from the roll-ups by day or, whole months, from those by month. The sum of a range is the sum
 * over all parts of its weight (1, 0 or -1) times the sum of the part.
 */
export type RangePart = DayRange & { by: "day" | "month"; weights: readonly number[] };

/**
 * The parts that tell the sums of all given ranges with the fewest days read: a year is eleven months and a few days. Of a
 * month that ranges cut into pieces, the longest piece is the month less the others.
 */
export function partsOfRanges(ranges: readonly DayRange[]): RangePart[] {
  const parts: RangePart[] = [];
  for (const month of monthsTouchedBy(ranges)) {
    for (const part of partsOfMonth(month, ranges)) addPart(parts, part);
  }
  return parts;
}

/** Roll-ups that count the same are read at once: `starts` are the first days of them. */
export type RangeReads = Omit<RangePart, "from" | "to"> & { starts: readonly UtcDay[] };

/**
 * What to read for the parts. Days are named one by one, in place of a range of them: PostgreSQL knows how many rows that
 * will be without seeing them, so that one plan serves all ranges; and statements differ in little else than their values.
 */
export function readsOf(parts: readonly RangePart[]): RangeReads[] {
  const alike = Map.groupBy(parts, ({ by, weights }) => `${by} ${weights}`);
  return [...alike]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...others]]) =>
      first ? [{ by: first.by, weights: first.weights, starts: [first, ...others].flatMap(startsOf) }] : [],
    );
}

const startsOf = ({ by, from, to }: RangePart) =>
  by === "day" ? utcDaysBetween(from, to) : monthsTouchedBy([{ from, to }]).map((month) => month.from);

function monthsTouchedBy(ranges: readonly DayRange[]): DayRange[] {
  const months: DayRange[] = [];
  const end = ranges.reduce((latest, { to }) => (to > latest ? to : latest), "");
  let from = firstOfMonth(ranges.reduce((earliest, range) => (range.from < earliest ? range.from : earliest), end));
  while (from < end) {
    const to = firstOfMonth(addUtcDays(from, 31));
    months.push({ from, to });
    from = to;
  }
  return months;
}

const firstOfMonth = (day: UtcDay): UtcDay => `${day.slice(0, 7)}-01`;

function partsOfMonth(month: DayRange, ranges: readonly DayRange[]): RangePart[] {
  const pieces = cut(month, ranges).map((piece) => ({
    ...piece,
    days: lengthInDays(piece),
    in: ranges.map((range) => (range.from <= piece.from && piece.to <= range.to ? 1 : 0)),
  }));
  const asked = pieces.filter((piece) => piece.in.some((weight) => weight > 0));
  const longest = asked.reduce<(typeof pieces)[number] | undefined>(
    (best, piece) => (best && best.days >= piece.days ? best : piece),
    undefined,
  );
  if (!longest) return [];
  const others = pieces.filter((piece) => piece !== longest);
  if (totalDays(others) >= totalDays(asked)) return asked.map((piece) => part("day", piece, piece.in));
  return [
    part("month", month, longest.in),
    ...others.map((piece) =>
      part(
        "day",
        piece,
        piece.in.map((weight, i) => weight - (longest.in[i] ?? 0)),
      ),
    ),
  ].filter(({ weights }) => weights.some((weight) => weight !== 0));
}

const part = (by: RangePart["by"], { from, to }: DayRange, weights: readonly number[]) => ({ by, from, to, weights });

const totalDays = (pieces: readonly { days: number }[]) => pieces.reduce((sum, { days }) => sum + days, 0);

/** The month in pieces that each lie in a range wholly or not at all. */
function cut(month: DayRange, ranges: readonly DayRange[]): DayRange[] {
  const inside = ranges.flatMap(({ from, to }) => [from, to]).filter((day) => day > month.from && day < month.to);
  const borders = [...new Set([month.from, ...inside, month.to])].toSorted();
  return borders.slice(1).map((to, i) => ({ from: borders[i] ?? month.from, to }));
}

/** Whole months in a row are one part. */
function addPart(parts: RangePart[], next: RangePart) {
  const last = parts.findLast(({ by }) => by === next.by);
  const continues = last?.to === next.from && last.weights.every((weight, i) => weight === next.weights[i]);
  if (last && continues) last.to = next.to;
  else parts.push(next);
}
