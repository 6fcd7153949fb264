import { addDecimals, type DecimalText } from "@/components/lib/decimal";

export type WaterfallStep = { key: string; amount: DecimalText };

/** A bar between two heights, in percent of the whole width; the direction is that of the amount. */
export type WaterfallBar = {
  key: string;
  /** level: an amount from zero; up and down: a step from where the one before ended. */
  kind: "level" | "up" | "down" | "none";
  amount: DecimalText;
  startPercent: number;
  widthPercent: number;
};

export type WaterfallBars = {
  bars: WaterfallBar[];
  /** Zero lies to the left of what is drawn: steps would be too thin to see beside whole amounts. */
  isCut: boolean;
};

/** Steps that together move less than this part of the amounts are drawn closer, without zero. */
const CLOSE = 0.4;

/** From an amount over its steps to the amount that they lead to, each bar beginning where the one before ended. */
export function prepareWaterfall(
  before: WaterfallStep,
  steps: readonly WaterfallStep[],
  after: WaterfallStep,
): WaterfallBars {
  const ends = steps.reduce<DecimalText[]>(
    (reached, { amount }) => [...reached, addDecimals(reached.at(-1) ?? "0", amount)],
    [before.amount],
  );
  const reached = [Number(after.amount), ...ends.map(Number)];
  const [lowest, high] = [Math.min(...reached), Math.max(...reached)];
  const isCut = lowest > 0 && high > lowest && high - lowest < CLOSE * high;
  const low = isCut ? lowest - (high - lowest) : Math.min(0, lowest);
  const top = Math.max(0, high);
  const percent = (height: number) => (top > low ? ((Math.max(height, low) - low) / (top - low)) * 100 : 0);
  const bar = (step: WaterfallStep, kind: WaterfallBar["kind"], [from, to]: [number, number]): WaterfallBar => ({
    ...step,
    kind,
    startPercent: percent(Math.min(from, to)),
    widthPercent: percent(Math.max(from, to)) - percent(Math.min(from, to)),
  });
  const bars = [
    bar(before, "level", [0, Number(before.amount)]),
    ...steps.map((step, i) => bar(step, directionOf(step.amount), [Number(ends[i]), Number(ends[i + 1])])),
    bar(after, "level", [0, Number(after.amount)]),
  ];
  return { bars, isCut };
}

function directionOf(amount: DecimalText): WaterfallBar["kind"] {
  const size = Number(amount);
  return size === 0 ? "none" : size > 0 ? "up" : "down";
}
