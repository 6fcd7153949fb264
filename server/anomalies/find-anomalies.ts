import {
  type AnomalyDimension,
  anomalyDimensions,
  type AnomalyDirection,
  anomalyDirections,
  causeDimensions,
  type CauseDimension,
} from "@/server/anomalies/constants";
import {
  type DailySpend,
  judgeFall,
  judgeRise,
  mayBeFall,
  mayBeRise,
  type Verdict,
} from "@/server/anomalies/judge-day";
import { Exact, subtractDecimals, sumDecimals } from "@/server/lib/money";
import { median } from "@/server/lib/robust";
import type { UtcDay } from "@/server/lib/time";

/** What something cost day by day, as exact texts; null is not known. */
export type SpendSeries = { dimension: AnomalyDimension; key: string; amounts: readonly (string | null)[] };

export type FoundDay = { day: UtcDay; amount: string; expected: string };

/** Who is behind an anomaly, and how much of what is over the expected, or (below zero) under it. */
export type FoundCause = {
  dimension: CauseDimension;
  key: string;
  excess: string;
  /** Too new to have anything usual: all of it is over the expected. */
  isNew: boolean;
};

/** Days in a row on which something cost far more than usual, or far less. */
export type FoundAnomaly = {
  direction: AnomalyDirection;
  dimension: AnomalyDimension;
  key: string;
  /** All days from the first to the last that stand out. */
  days: FoundDay[];
  /** The day from which on it cost nothing at all, if it never did again. */
  stoppedOn: UtcDay | null;
  /** Largest part first; what stands out itself is among them. */
  causes: FoundCause[];
};

type Question = {
  /** All days that are read, in order; judged are those from `judgedFrom` on. */
  days: readonly UtcDay[];
  judgedFrom: UtcDay;
  /** From here on days are not over: they may still rise, and have not fallen. */
  openFrom: UtcDay;
  /** The total must be among them. */
  series: readonly SpendSeries[];
};

/** A day that is as usual, between two that are not, does not end an anomaly: weekends are quiet anyway. */
const LONGEST_PAUSE = 2;
/** Over the usual, in US dollars and as a part of what the organization usually spends a day. */
const LEAST_EXCESS = { usd: 1, share: 0.01 };
/** What explains this part of something larger is the same anomaly. */
const SAME = 0.5;
/** How each direction is looked for. */
const looks = {
  rise: { judge: judgeRise, mayBe: mayBeRise, sign: 1, leastDays: 1, isIn: () => true },
  fall: {
    judge: judgeFall,
    mayBe: mayBeFall,
    sign: -1,
    // Less on a single day is a day off, or a bill that comes late.
    leastDays: 2,
    // Keys and models are replaced by others all the time: that one stops says little, unless what it is part of falls.
    isIn: (dimension: AnomalyDimension) => dimension === "project" || dimension === "total",
  },
} as const satisfies Record<AnomalyDirection, object>;

/** Finds what stands out, each incident once: by the closest thing that it shows in, latest first. Pure. */
export function findAnomalies({ days, judgedFrom, openFrom, series }: Question): FoundAnomaly[] {
  const total = series.find(({ dimension }) => dimension === "total");
  const first = days.indexOf(judgedFrom);
  if (!total || first < 0) return [];
  const leastExcess = leastExcessOf(total);
  const closed = days.filter((day) => day < openFrom).length;
  return anomalyDirections
    .flatMap((direction) => {
      const end = direction === "rise" ? days.length : closed;
      const judged = series.map((one) => judgeSeries(one, { direction, first, end, leastExcess }));
      const runs = judged.flatMap(runsOf).toSorted((a, b) => rankOf(a) - rankOf(b) || b.excess - a.excess);
      return withoutRepeats(runs).map((run) => ({ run, judged }));
    })
    .toSorted((a, b) => b.run.from - a.run.from || b.run.excess - a.run.excess)
    .map(({ run, judged }) => toAnomaly(run, { days, judged }));
}

/** The smallest excess that matters to an organization. */
export function leastExcessOf(total: Pick<SpendSeries, "amounts">): number {
  const known = total.amounts.flatMap((amount) => (amount === null ? [] : [Number(amount)]));
  const usual = known.length > 0 ? median(known) : 0;
  return Math.max(LEAST_EXCESS.usd, LEAST_EXCESS.share * usual);
}

type Judged = SpendSeries & {
  direction: AnomalyDirection;
  /** How far a day is from the expected, in the direction that is looked for. */
  excess: (day: number) => number;
  expected: (day: number) => number | null;
  anomalous: number[];
};

type Judging = { direction: AnomalyDirection; first: number; end: number; leastExcess: number };

function judgeSeries(one: SpendSeries, { direction, first, end, leastExcess }: Judging): Judged {
  const spend: DailySpend = one.amounts.map((amount) => (amount === null ? null : Number(amount)));
  const { judge, mayBe, sign, isIn } = looks[direction];
  const verdicts = new Map<number, Verdict>();
  const verdictOn = (day: number) => {
    const verdict = verdicts.get(day) ?? judge(spend, day, { leastExcess });
    verdicts.set(day, verdict);
    return verdict;
  };
  const anomalous: number[] = [];
  for (let day = first; day < end && isIn(one.dimension); day++) {
    // Most days of most members cannot be one, and are not looked at any further.
    if (mayBe(spend, day, { leastExcess }) && verdictOn(day).isAnomalous) anomalous.push(day);
  }
  const expected = (day: number) => verdictOn(day).expected;
  const excess = (day: number) => sign * ((spend[day] ?? 0) - (expected(day) ?? 0));
  return { ...one, direction, anomalous, expected, excess };
}

type Run = { of: Judged; from: number; to: number; count: number; excess: number };

/** Anomalous days that are close to each other, from the first to the last; as many as it takes. */
function runsOf(of: Judged): Run[] {
  const runs: Run[] = [];
  for (const day of of.anomalous) {
    const last = runs.at(-1);
    if (last && day - last.to <= LONGEST_PAUSE + 1) {
      last.to = day;
      last.count++;
      last.excess = excessWithin(of, last);
    } else runs.push({ of, from: day, to: day, count: 1, excess: of.excess(day) });
  }
  return runs.filter(({ count }) => count >= looks[of.direction].leastDays);
}

function excessWithin({ excess }: Pick<Judged, "excess">, { from, to }: Pick<Run, "from" | "to">): number {
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
  const stopped = of.direction === "fall" ? stoppedAt(of, run) : null;
  return {
    direction: of.direction,
    dimension: of.dimension,
    key: of.key,
    days: found,
    stoppedOn: stopped === null ? null : (days[stopped] ?? null),
    causes: causesOf(run, judged),
  };
}

/** The place of the first day of a run from which on nothing was spent, as far as days are known. */
function stoppedAt({ amounts }: Judged, { from, to }: Run): number | null {
  const isNothing = (amount: string | null) => amount === null || Number(amount) === 0;
  const last = amounts.findLastIndex((amount) => !isNothing(amount));
  if (last >= to) return null;
  return Math.max(last + 1, from);
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
