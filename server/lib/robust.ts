/** The middle one; the mean of the two in the middle. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted.length / 2;
  if (Number.isInteger(upper)) return ((sorted[upper - 1] ?? Number.NaN) + (sorted[upper] ?? Number.NaN)) / 2;
  return sorted[Math.floor(upper)] ?? Number.NaN;
}

/** What a normal distribution's standard deviation is of its median absolute deviation. */
const NORMAL = 1.4826;

/** How far values are spread round a center, whatever a few outliers do: comparable with a standard deviation. 0 for none. */
export function spreadRound(center: number, values: readonly number[]): number {
  if (values.length === 0) return 0;
  return NORMAL * median(values.map((value) => Math.abs(value - center)));
}

/** The median of the slopes between all points (Theil and Sen): a line that outliers do not turn. 0 for fewer than two. */
export function robustSlope(points: readonly { x: number; y: number }[]): number {
  const slopes = points.flatMap((a, i) => points.slice(i + 1).map((b) => (b.y - a.y) / (b.x - a.x)));
  return slopes.length === 0 ? 0 : median(slopes);
}
