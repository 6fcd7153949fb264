import { type PastDay, type Projection, projectDays } from "@/server/forecasts/project-days";
import type { ForecastDay, ForecastResult } from "@/server/forecasts/schema";
import { addDecimals, compareDecimals, Exact, sumDecimals } from "@/server/lib/money";
import { parseUtcDay, type UtcDay } from "@/server/lib/time";

/** A day of the history or of the period, as it is known. */
export type GivenDay = {
  day: UtcDay;
  /** Null: nothing is known of it. */
  amount: string | null;
  /** known: all of it; partial: less than all; open: up to now. */
  state: "known" | "partial" | "open" | "unknown";
};

type Question = {
  /** Closed days in order, up to the day before `today`. */
  past: readonly GivenDay[];
  /** The day that is not over, as far as it is known. */
  today: GivenDay;
  /** How much of today its figure covers, 0..1. */
  elapsed: number;
  /** All days of the period. */
  period: readonly UtcDay[];
};

export type PeriodForecast = Pick<
  ForecastResult,
  "quality" | "historyDays" | "gapDays" | "soFar" | "expected" | "low" | "high" | "days"
>;

/** Both ends of the middle 80% of a normal distribution, in standard deviations. */
const BAND = 1.2816;

/** What a period comes to: what is known of it, and for the rest what such days usually cost. Pure. */
export function forecastPeriod({ past, today, elapsed, period }: Question): PeriodForecast {
  const history = past.map(({ day, amount, state }): PastDay => ({ day, amount: state === "known" ? amount : null }));
  const projection = projectDays(history);
  const given = new Map([...past, today].map((day) => [day.day, day]));
  const days: ForecastDay[] = [];
  const running = startRunning(projection);
  for (const day of period) {
    const known = given.get(day);
    const isAhead = day > today.day;
    const state = isAhead ? "ahead" : day === today.day ? "open" : known?.state === "known" ? "known" : "gap";
    const actual = isAhead ? null : (known?.amount ?? null);
    const share = state === "open" && actual !== null ? 1 - elapsed : 1;
    const rest = state === "known" ? "0" : restOf(projection.expectedOn(day), { state, actual, share });
    days.push({ day, state, actual, rest, ...running.add({ day, actual, rest }) });
  }
  const known = days.flatMap(({ actual }) => actual ?? []);
  const end = days.at(-1);
  return {
    quality: projection.quality,
    historyDays: projection.historyDays,
    gapDays: days.filter(({ state }) => state === "gap").length,
    soFar: known.length > 0 ? sumDecimals(known) : null,
    expected: end?.total ?? null,
    low: end?.low ?? null,
    high: end?.high ?? null,
    days,
  };
}

type Rest = Pick<ForecastDay, "state" | "actual"> & { share: number };

/** What is still to come of a day; of one that is known in part, what is missing of a usual one. */
function restOf(expected: string | null, { state, actual, share }: Rest): string | null {
  if (expected === null) return null;
  if (state !== "gap" || actual === null) return new Exact(expected).times(String(share)).toFixed();
  const missing = new Exact(expected).minus(actual);
  return missing.greaterThan(0) ? missing.toFixed() : "0";
}

type Step = Pick<ForecastDay, "day" | "actual" | "rest">;

/** Adds days up, and what is unsure of them. */
function startRunning({ spread }: Projection) {
  let known = "0";
  let rest: string | null = "0";
  const unsure = spread && startUnsure(spread);
  return {
    add(step: Step): Pick<ForecastDay, "total" | "low" | "high"> {
      known = addDecimals(known, step.actual ?? "0");
      rest = rest === null || step.rest === null ? null : addDecimals(rest, step.rest);
      if (rest === null) return { total: null, low: null, high: null };
      const total = addDecimals(known, rest);
      if (!unsure) return { total, low: null, high: null };
      const width = new Exact(String(BAND * unsure.add(step.day, Number(step.rest)))).toDecimalPlaces(10);
      const low = new Exact(total).minus(width).toFixed();
      // What is spent is spent.
      return {
        total,
        low: compareDecimals(low, known) < 0 ? known : low,
        high: new Exact(total).plus(width).toFixed(),
      };
    },
  };
}

/**
 * The standard deviation of the sum of expected days: each strays by itself, those of a weekday together as far as it is
 * unsure what is usual for it, and all of them together with the level.
 */
function startUnsure(spread: NonNullable<Projection["spread"]>) {
  const byWeekday = new Map<number, number>();
  let days = 0;
  let level = 0;
  return {
    add(day: UtcDay, expected: number): number {
      const weekday = parseUtcDay(day).getUTCDay();
      days += (expected * spread.day) ** 2;
      level += expected * spread.levelOn(day);
      byWeekday.set(weekday, (byWeekday.get(weekday) ?? 0) + expected * spread.weekday);
      return Math.hypot(Math.sqrt(days), level, ...byWeekday.values());
    },
  };
}
