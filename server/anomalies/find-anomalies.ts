import {
  type AnomalyDimension,
  causeDimensions,
  type CauseDimension,
  anomalyDimensions,
} from "@/server/anomalies/constants";
import { type DailySpend, judgeDay } from "@/server/anomalies/judge-day";
import { Exact, subtractDecimals, sumDecimals } from "@/server/lib/money";
import { median } from "@/server/lib/robust";
import type { UtcDay } from "@/server/lib/time";

/** What something cost day by day, as exact texts; null is not known. */
export type SpendSeries = { dimension: AnomalyDimension; key: string; amounts: readonly (string | null)[] };

export type FoundDay = { day: UtcDay; amount: string; expected: string };

/** Who is behind an anomaly, and how much of what is over the expected. */
export type FoundCause = {
  dimension: CauseDimension;
  key: string;
  excess: string;
  /** Too new to have anything usual: all of it is over the expected. */
  isNew: boolean;
};

/** Days in a row on which something cost far more than usual. */
export type FoundAnomaly = {
  dimension: AnomalyDimension;
  key: string;
  /** All days from the first to the last that stand out. */
  days: FoundDay[];
  /** Largest part first; what stands out itself is among them. */
  causes: FoundCause[];
};

type Question = {
  /** All days that are read, in order; judged are those from `judgedFrom` on. */
  days: readonly UtcDay[];
  judgedFrom: UtcDay;
  /** The total must be among them. */
  series: readonly SpendSeries[];
};

/** A day that is as usual, between two that are not, does not end an anomaly: weekends are quiet anyway. */
const LONGEST_PAUSE = 2;
/** Over the usual, in US dollars and as a part of what the organization usually spends a day. */
const LEAST_EXCESS = { usd: 1, share: 0.01 };
/** What explains this part of something larger is the same anomaly. */
const SAME = 0.5;

/** Finds what stands out, each incident once: by the closest thing that it shows in, latest first. Pure. */
export function findAnomalies({ days, judgedFrom, series }: Question): FoundAnomaly[] {
  const total = series.find(({ dimension }) => dimension === "total");
  const first = days.indexOf(judgedFrom);
  if (!total || first < 0) return [];
  const leastExcess = leastExcessOf(total);
  const judged = series.map((one) => judgeSeries(one, { first, leastExcess }));
  const runs = judged.flatMap(runsOf).toSorted((a, b) => rankOf(a) - rankOf(b) || b.excess - a.excess);
  return withoutRepeats(runs)
    .toSorted((a, b) => b.from - a.from || b.excess - a.excess)
    .map((run) => toAnomaly(run, { days, judged }));
}

/** The smallest excess that matters to an organization. */
export function leastExcessOf(total: Pick<SpendSeries, "amounts">): number {
  const known = total.amounts.flatMap((amount) => (amount === null ? [] : [Number(amount)]));
  const usual = known.length > 0 ? median(known) : 0;
  return Math.max(LEAST_EXCESS.usd, LEAST_EXCESS.share * usual);
}

type Judged = SpendSeries & {
  excess: (day: number) => number;
  expected: (day: number) => number | null;
  anomalous: number[];
};

function judgeSeries(one: SpendSeries, { first, leastExcess }: { first: number; leastExcess: number }): Judged {
  const spend: DailySpend = one.amounts.map((amount) => (amount === null ? null : Number(amount)));
  const verdicts = new Map<number, ReturnType<typeof judgeDay>>();
  const verdictOn = (day: number) => {
    const verdict = verdicts.get(day) ?? judgeDay(spend, day, { leastExcess });
    verdicts.set(day, verdict);
    return verdict;
  };
  const anomalous: number[] = [];
  for (let day = first; day < spend.length; day++) {
    // Nothing below the least excess can be one: most days of most members are not looked at any further.
    if ((spend[day] ?? 0) >= leastExcess && verdictOn(day).isAnomalous) anomalous.push(day);
  }
  const expected = (day: number) => verdictOn(day).expected;
  return { ...one, anomalous, expected, excess: (day) => (spend[day] ?? 0) - (expected(day) ?? 0) };
}

type Run = { of: Judged; from: number; to: number; excess: number };

/** Anomalous days that are close to each other, from the first to the last. */
function runsOf(of: Judged): Run[] {
  const runs: Run[] = [];
  for (const day of of.anomalous) {
    const last = runs.at(-1);
    if (last && day - last.to <= LONGEST_PAUSE + 1) {
      last.to = day;
      last.excess = excessWithin(of, last);
    } else runs.push({ of, from: day, to: day, excess: of.excess(day) });
  }
  return runs;
}

function excessWithin({ excess }: Judged, { from, to }: Pick<Run, "from" | "to">): number {
  let sum = 0;
  for (let day = from; day <= to; day++) sum += excess(day);
  return sum;
}

/** Keys first, which explain projects and models; the total last, which all of them explain. */
const rankOf = ({ of }: Run) => anomalyDimensions.indexOf(of.dimension);

/** Leaves out what is the same as something listed already: at the same time, and mostly the same money. */
function withoutRepeats(runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  for (const run of runs) if (!kept.some((before) => isSame(before, run))) kept.push(run);
  return kept;
}

function isSame(before: Run, run: Run): boolean {
  const shared = { from: Math.max(before.from, run.from), to: Math.min(before.to, run.to) };
  if (shared.from > shared.to) return false;
  if (before.of === run.of) return true;
  // Two of the same kind are different money.
  if (before.of.dimension === run.of.dimension) return false;
  const [a, b] = [excessWithin(before.of, shared), excessWithin(run.of, shared)];
  return Math.min(a, b) >= SAME * Math.max(a, b);
}

function toAnomaly(run: Run, { days, judged }: { days: readonly UtcDay[]; judged: readonly Judged[] }): FoundAnomaly {
  const { of } = run;
  const found: FoundDay[] = [];
  for (let at = run.from; at <= run.to; at++) {
    const amount = of.amounts[at] ?? null;
    if (amount !== null) found.push({ day: days[at] ?? "", amount, expected: toText(of.expected(at) ?? 0) });
  }
  return { dimension: of.dimension, key: of.key, days: found, causes: causesOf(run, judged) };
}

/** For each kind the one with most of the excess, if that is most of it. */
function causesOf(run: Run, judged: readonly Judged[]): FoundCause[] {
  const causes = causeDimensions.flatMap((dimension) => {
    const own = run.of.dimension === dimension ? [run.of] : judged.filter((one) => one.dimension === dimension);
    const [largest] = own
      .map((one) => ({ one, excess: excessWithin(one, run) }))
      .toSorted((a, b) => b.excess - a.excess);
    if (!largest || !isCause(largest.excess, run.excess)) return [];
    const { one } = largest;
    return [{ dimension, key: one.key, excess: exactExcess(one, run), isNew: one.expected(run.from) === null }];
  });
  return causes;
}

/** Most of it, and not of something else that is much larger. */
const isCause = (excess: number, whole: number) => excess >= SAME * whole && excess * SAME <= whole;

function exactExcess({ amounts, expected }: Judged, { from, to }: Pick<Run, "from" | "to">): string {
  const parts: string[] = [];
  for (let at = from; at <= to; at++) parts.push(subtractDecimals(amounts[at] ?? "0", toText(expected(at) ?? 0)));
  return sumDecimals(parts);
}

/** An estimate needs no more digits. */
const toText = (estimate: number) => new Exact(String(estimate)).toDecimalPlaces(6).toFixed();
