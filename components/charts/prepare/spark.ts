import type { DecimalText } from "@/components/lib/decimal";

export type SparkShape = {
  /** SVG path of the line, one sub-path per run of known days. */
  line: string;
  /** Closed paths under the runs. */
  area: string;
  /** Known days with unknown neighbours, and the newest known day. */
  dots: readonly { x: number; y: number }[];
};

/** A word-sized line, scaled from zero; unknown days interrupt it. Null when fewer than two days are known. */
export function sparkShape(
  values: readonly (DecimalText | null)[],
  size: { width: number; height: number; inset?: number },
): SparkShape | null {
  const numbers = values.map((value) => (value === null ? null : Number(value)));
  const known = numbers.filter(isKnown);
  if (known.length < 2) return null;
  const inset = size.inset ?? 2;
  const low = Math.min(0, ...known);
  const high = Math.max(...known, low);
  const span = high - low || 1;
  const x = (index: number) => round(inset + (index * (size.width - 2 * inset)) / Math.max(1, values.length - 1));
  const y = (value: number) => round(size.height - inset - ((value - low) * (size.height - 2 * inset)) / span);
  const runs = knownRuns(numbers).map((run) => run.map(({ index, value }) => ({ x: x(index), y: y(value) })));
  const base = y(0);
  const path = (run: readonly { x: number; y: number }[]) => run.map((at) => `${at.x} ${at.y}`).join(" L");
  const newest = runs.at(-1)?.at(-1);
  return {
    line: runs.map((run) => `M${path(run)}`).join(" "),
    area: runs.map((run) => `M${run[0]?.x} ${base} L${path(run)} L${run.at(-1)?.x} ${base} Z`).join(" "),
    dots: [...runs.filter((run) => run.length === 1).flat(), ...(newest ? [newest] : [])],
  };
}

function knownRuns(numbers: readonly (number | null)[]): { index: number; value: number }[][] {
  const runs: { index: number; value: number }[][] = [];
  numbers.forEach((value, index) => {
    if (!isKnown(value)) return;
    const last = runs.at(-1);
    if (last && last.at(-1)?.index === index - 1) last.push({ index, value });
    else runs.push([{ index, value }]);
  });
  return runs;
}

function isKnown(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
