import { BAND_DAYS, HISTORY_DAYS, LEAST_DAYS } from "@/server/forecasts/constants";
import { Exact } from "@/server/lib/money";
import { median, robustSlope, spreadRound } from "@/server/lib/robust";
import { parseUtcDay, type UtcDay } from "@/server/lib/time";
import { lengthInDays } from "@/server/usage/day-ranges";

// What days are expected to cost. A weekday is usual at the median of its last eight; how the level of whole weeks moves
// against that is a robust line, whose slope is continued, but fades: nobody grows for ever. Single outliers, and a bad
// week, move neither. With less than two weeks of history a day is expected to be like the days there are.

/** A day of the past; null is not known. */
export type PastDay = { day: UtcDay; amount: string | null };

export type Projection = {
  /** none: too little history for anything; short: too little for weekdays and a band. */
  quality: "none" | "short" | "enough";
  /** Known days that it rests on, from the first one with any spend. */
  historyDays: number;
  /** A decimal text for any day, past ones included; null without enough history. */
  expectedOn: (day: UtcDay) => string | null;
  /** Standard deviations as parts of what is expected; null where they cannot be told. */
  spread: {
    /** Of a single day, by itself. */
    day: number;
    /** Of what is usual for a weekday, which all of its days share. */
    weekday: number;
    /** Of the level that all days around this one share, as a part of it: the further ahead, the larger. */
    levelOn: (day: UtcDay) => number;
  } | null;
};

type Known = { day: UtcDay; amount: string };

/** Of the slope, each further week has this part of the week before. */
const FADING = 0.8;
/** A week's level needs this many days. */
const LEAST_OF_WEEK = 4;
/** Digits of an estimate; amounts themselves keep all of theirs. */
const DIGITS = 10;

/** @param past closed days in order, without gaps in the calendar; only the last eight weeks count */
export function projectDays(past: readonly PastDay[]): Projection {
  const recent = past.slice(-HISTORY_DAYS);
  const first = recent.findIndex(({ amount }) => amount !== null && !new Exact(amount).isZero());
  const known = recent.flatMap(({ day, amount }, i) => (amount === null || i < first ? [] : [{ day, amount }]));
  const historyDays = first < 0 ? 0 : known.length;
  if (historyDays < LEAST_DAYS) return { quality: "none", historyDays, expectedOn: () => null, spread: null };
  if (historyDays < BAND_DAYS) {
    const flat = flatLevel(known).toDecimalPlaces(DIGITS).toFixed();
    return { quality: "short", historyDays, expectedOn: () => flat, spread: null };
  }
  return { quality: "enough", historyDays, ...byWeekday(known, recent.at(-1)?.day ?? "") };
}

/** The last whole week's mean, which has every weekday once; with less than that, the median. */
function flatLevel(known: readonly Known[]): Exact {
  const amounts = known.map(({ amount }) => new Exact(amount));
  const week = amounts.slice(-7);
  if (week.length < 7) return exactMedian(amounts);
  return week.reduce((sum, amount) => sum.plus(amount), new Exact(0)).div(7);
}

function exactMedian(amounts: readonly Exact[]): Exact {
  const sorted = amounts.toSorted((a, b) => a.comparedTo(b));
  const [lower, upper] = [Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2)];
  return (sorted[lower] ?? new Exact(0)).plus(sorted[upper] ?? new Exact(0)).div(2);
}

const weekdayOf = (day: UtcDay) => parseUtcDay(day).getUTCDay();

function byWeekday(known: readonly Known[], last: UtcDay): Pick<Projection, "expectedOn" | "spread"> {
  const usual = usualByWeekday(known);
  const weeks = levelsOfWeeks(known, { last, usual });
  const level = levelLine(weeks);
  const levelOn = (day: UtcDay) => level.at(lengthInDays({ from: last, to: day }) / 7);
  const residuals = known.flatMap(({ day, amount }) => {
    const median = usual(day);
    return median.greaterThan(0) ? [new Exact(amount).div(median).toNumber() - levelOn(day)] : [];
  });
  // What is measured round medians of the same days is measured too small.
  const day = spreadRound(0, residuals) * Math.sqrt(weeks.length / Math.max(1, weeks.length - 1));
  const spreadAt = levelSpread(weeks, level.at);
  return {
    expectedOn: (day) =>
      usual(day)
        .times(String(Math.max(0, levelOn(day))))
        .toDecimalPlaces(DIGITS)
        .toFixed(),
    spread: {
      day,
      weekday: day * Math.sqrt(Math.PI / 2 / Math.max(1, weeks.length)),
      levelOn: (day) => spreadAt(lengthInDays({ from: last, to: day }) / 7),
    },
  };
}

/** The median of each weekday; of one that is missing, of all days. */
function usualByWeekday(known: readonly Known[]): (day: UtcDay) => Exact {
  const amountsOf = (days: readonly Known[]) => days.map(({ amount }) => new Exact(amount));
  const medians = new Map(
    [...Map.groupBy(known, ({ day }) => weekdayOf(day))].map(([weekday, days]) => [
      weekday,
      exactMedian(amountsOf(days)),
    ]),
  );
  const all = exactMedian(amountsOf(known));
  return (day) => medians.get(weekdayOf(day)) ?? all;
}

/** The middle of a week in weeks from its last day, and its days as multiples of the usual ones. */
type WeekLevel = { x: number; y: number };

type Usual = { last: UtcDay; usual: (day: UtcDay) => Exact };

/** Weeks end with the last day of history. */
function levelsOfWeeks(known: readonly Known[], { last, usual }: Usual): WeekLevel[] {
  const byWeek = Map.groupBy(known, ({ day }) => Math.floor(lengthInDays({ from: day, to: last }) / 7));
  return [...byWeek].flatMap(([week, days]) => {
    const ratios = days.flatMap(({ day, amount }) => {
      const median = usual(day);
      return median.greaterThan(0) ? [new Exact(amount).div(median).toNumber()] : [];
    });
    return ratios.length < LEAST_OF_WEEK ? [] : [{ x: -week - 3 / 7, y: median(ratios) }];
  });
}

/** The level at a time in weeks from the last day of history: a line up to there, which fades out after it. */
function levelLine(weeks: readonly WeekLevel[]) {
  if (weeks.length === 0) return { at: () => 1 };
  const slope = weeks.length < 3 ? 0 : robustSlope(weeks);
  const now = median(weeks.map(({ x, y }) => y - slope * x));
  return { at: (x: number) => now + slope * (x <= 0 ? x : (FADING * (1 - FADING ** x)) / (1 - FADING)) };
}

/** How unsure the level is at a time in weeks: as that of a line through so many points, beside and beyond them. */
function levelSpread(weeks: readonly WeekLevel[], at: (x: number) => number): (x: number) => number {
  const count = weeks.length;
  if (count < 2) return () => 0;
  const spread = spreadRound(
    0,
    weeks.map(({ x, y }) => y - at(x)),
  );
  const middle = weeks.reduce((sum, { x }) => sum + x, 0) / count;
  const width = weeks.reduce((sum, { x }) => sum + (x - middle) ** 2, 0);
  const freedom = count / Math.max(1, count - 2);
  return (x) => spread * Math.sqrt(freedom * (1 + 1 / count + (x - middle) ** 2 / width));
}
