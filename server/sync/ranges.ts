/** A half-open range of time in epoch milliseconds. */
export type Range = { start: number; end: number };

/** The same time as disjoint ranges in order, none empty, none touching the next. */
export function unionRanges(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of ranges.filter(isNotEmpty).toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else merged.push({ ...range });
  }
  return merged;
}

/** What of `wanted` is in none of `covered`. */
export function subtractRanges(wanted: Range, covered: readonly Range[]): Range[] {
  const missing: Range[] = [];
  let at = wanted.start;
  for (const range of unionRanges(covered)) {
    if (range.end <= at) continue;
    if (range.start >= wanted.end) break;
    if (range.start > at) missing.push({ start: at, end: range.start });
    at = Math.max(at, range.end);
  }
  if (at < wanted.end) missing.push({ start: at, end: wanted.end });
  return missing;
}

export const intersectRanges = (a: Range, b: Range): Range => ({
  start: Math.max(a.start, b.start),
  end: Math.min(a.end, b.end),
});

/**
 * Cut into pieces of at most `size`, newest first: ceil(length / size) of them. The cuts are at multiples of `grid`, which
 * goes into `size`, unless that took a piece more; then the newest piece is a full one.
 */
export function cutNewestFirst(ranges: readonly Range[], size: number, grid: number): Range[] {
  const pieces: Range[] = [];
  for (const range of unionRanges(ranges).toReversed()) {
    const count = (until: number) => Math.ceil((until - range.start) / size);
    const onGrid = Math.ceil(range.end / grid) * grid;
    const from = count(onGrid) === count(range.end) ? onGrid : range.end;
    for (let end = from; end > range.start; end -= size)
      pieces.push({ start: Math.max(range.start, end - size), end: Math.min(range.end, end) });
  }
  return pieces;
}

const isNotEmpty = (range: Range) => range.start < range.end;
