import type { UtcDay } from "@/server/lib/time";
import { daysOfAll } from "@/server/usage/day-ranges";
import type { DayRange } from "@/server/usage/schema";
import { type Block, blocksWithin, quartersOf, type Span, spans } from "@/server/usage/spans";

/** A sum to be read. The sum of a range is the sum over all parts of its weight (1, 0 or -1) times the sum of the part. */
export type RangePart = Block & { weights: readonly number[] };

const allSpans = Object.keys(spans) as Span[];

export type Readable = {
  /** Spans whose sums may be read besides those of days. */
  usable?: readonly Span[] | undefined;
  /** The only days that have rows, if that is known: whether others are counted makes no difference. */
  recorded?: DayRange | undefined;
};

const always: DayRange = { from: "0000-01-01", to: "9999-12-31" };

/**
 * The fewest sums that tell those of all given ranges: a year is four quarters and, at either end, a few months and days.
 * What is missing of a span is taken off it, and what one range lacks of it the range before may have. A span that goes on
 * after the last day with rows is as good as one that ends with it.
 */
export function partsOfRanges(
  ranges: readonly DayRange[],
  { usable = allSpans, recorded = always }: Readable = {},
): RangePart[] {
  const [first, ...others] = ranges;
  if (!first) return [];
  const none = ranges.map(() => 0);
  return quartersOf(daysOfAll([first, ...others])).flatMap((quarter) =>
    fewestParts(quarter, none, { ranges, usable, recorded }),
  );
}

/** Sums of spans of one kind that count the same are read at once: `starts` are the first days of them. */
export type RangeReads = Pick<RangePart, "by" | "weights"> & { starts: readonly UtcDay[] };

/**
 * What to read for the parts. Spans are named one by one: PostgreSQL knows how many rows a list of them is, and looks up
 * each in the index.
 */
export function readsOf(parts: readonly RangePart[]): RangeReads[] {
  const alike = Map.groupBy(parts, ({ by, weights }) => `${by} ${weights}`);
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ by: first.by, weights: first.weights, starts: group.map(({ from }) => from) }] : [];
  });
}

type Wanted = { ranges: readonly DayRange[]; usable: readonly Span[]; recorded: DayRange };

/** What a block still needs when a larger one that was read has counted all its days with the weights `given`. */
function fewestParts(block: Block, given: readonly number[], question: Wanted): RangePart[] {
  const weights = weightsIn(block, question);
  if (weights.length === 0) return [];
  const [wanted = given, ...others] = weights;
  const isReadable = block.by === "day" || question.usable.includes(block.by);
  if (isReadable && others.length === 0) return partBetween(block, given, wanted);
  const within = blocksWithin(block);
  const options = [given, ...(isReadable ? weights : [])].map((counted) => [
    ...partBetween(block, given, counted),
    ...within.flatMap((smaller) => fewestParts(smaller, counted, question)),
  ]);
  return options.reduce((best, parts) => (parts.length < best.length ? parts : best));
}

/** The block itself, read with the weights that are missing; nothing when none is. */
function partBetween(block: Block, given: readonly number[], wanted: readonly number[]): RangePart[] {
  const weights = wanted.map((weight, i) => weight - (given[i] ?? 0));
  return weights.some((weight) => weight !== 0) ? [{ ...block, weights }] : [];
}

/** The weights that days of a block have to be counted with: once each, however many days; none where no day has rows. */
function weightsIn(block: Block, { ranges, recorded }: Wanted): number[][] {
  const first = block.from > recorded.from ? block.from : recorded.from;
  const end = block.to < recorded.to ? block.to : recorded.to;
  if (first >= end) return [];
  const inside = ranges.flatMap(({ from, to }) => [from, to]).filter((day) => day > first && day < end);
  const found = [first, ...inside].map((day) => ranges.map(({ from, to }) => (from <= day && day < to ? 1 : 0)));
  return [...new Map(found.map((weights) => [weights.join(), weights])).values()];
}
