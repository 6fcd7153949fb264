export type Scale = { min: number; max: number; ticks: readonly number[] };

const steps = [1, 2, 2.5, 5, 10];
/** Of a step: a small credit gets this much room below zero and no label, instead of a quarter of the plot. */
const SLIVER = 0.15;

/**
 * Round axis ticks that hold every value, zero among them. Figures are for geometry only, so floats do; money is
 * labelled from the exact texts.
 */
export function niceScale(low: number, high: number, wanted = 4): Scale {
  const min = Math.min(0, low);
  const max = Math.max(0, high);
  if (min === 0 && max === 0) return { min: 0, max: 1, ticks: [0, 1] };
  const step = niceStep((max - min) / wanted);
  const hasSliver = min < 0 && max > 0 && -min <= step * SLIVER;
  const first = hasSliver ? 0 : Math.floor(min / step + 1e-9);
  const last = Math.ceil(max / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => round((first + index) * step));
  return { min: round(hasSliver ? -step * SLIVER : first * step), max: round(last * step), ticks };
}

function niceStep(rough: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = steps.find((candidate) => candidate * magnitude >= rough * (1 - 1e-9)) ?? 10;
  return step * magnitude;
}

/** 0.30000000000000004 would be printed as it is. */
function round(value: number): number {
  return Number(value.toPrecision(12)) + 0;
}

/** Which of `count` labels to print so that at most `fitting` appear, evenly, counted back from the newest. */
export function labelledIndexes(count: number, fitting: number): number[] {
  if (count <= 0) return [];
  const stride = Math.max(1, Math.ceil(count / Math.max(1, fitting)));
  return Array.from({ length: count }, (_, index) => index).filter((index) => (count - 1 - index) % stride === 0);
}
