import { secondsPerDay } from "../clock";
import type { Organization } from "../org/types";
import { endpoints, type UsageEndpoint } from "./endpoints";
import { mix, unit } from "./hash";
import { type Restatement, usageFactor } from "./restatements";
import { minuteShare, weekdayLevel, writeDayCurve } from "./rhythm";
import type { Series } from "./series";

/** Calls of the month's run-away key, day by day, as multiples of its usual ones. */
const incidentDays: Readonly<Record<number, number>> = { 6: 6, 7: 18, 8: 25, 9: 9 };

/** What all series share on one day. */
interface DayContext {
  day: number;
  level: number;
  runaway: Series | null;
  runawayFactor: number;
  restatements: readonly Restatement[];
}

function dayContext(org: Organization, day: number): DayContext {
  const date = new Date(day * secondsPerDay * 1000);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  const grown = Math.min(1.4, 0.35 + (0.65 * (day - org.foundedDay)) / 720);
  const week = Math.floor((day + 3) / 7);
  const mood = 0.93 + 0.14 * unit(mix(org.seed, week));
  const runawayFactor = incidentDays[date.getUTCDate()] ?? 1;
  return {
    day,
    level: grown * mood * holidayLevel(date),
    runaway: runawayFactor > 1 ? runawayOf(org, day - date.getUTCDate() + 1, month) : null,
    runawayFactor,
    restatements: org.restatements.filter((item) => item.day === day),
  };
}

const candidatesOf = new WeakMap<readonly Series[], Series[]>();

/** The one series that runs away in a month, among those in use since its first day. */
function runawayOf(org: Organization, firstOfMonth: number, month: number): Series | null {
  let candidates = candidatesOf.get(org.series);
  if (!candidates) {
    candidates = org.series.filter((item) => item.mayRunAway);
    candidatesOf.set(org.series, candidates);
  }
  const alive = candidates.filter((item) => item.fromDay <= firstOfMonth && item.toDay > firstOfMonth + 15);
  return alive[mix(org.seed, month) % Math.max(1, alive.length)] ?? null;
}

function holidayLevel(date: Date): number {
  const monthDay = (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
  return monthDay >= 1224 || monthDay === 101 ? 0.35 : 1;
}

/** Writes one series' totals of a full day: out[offset] = calls, then its other parts. Returns the calls. */
function writeDayTotals(out: Float64Array, offset: number, series: Series, context: DayContext): number {
  const { day } = context;
  const hash = mix(series.hash, day);
  out.fill(0, offset, offset + series.perCall.length + 1);
  if (day < series.fromDay || day >= series.toDay || unit(mix(hash, 1)) > series.activeShare) return 0;
  const isRunaway = context.runaway === series;
  const weekday = isRunaway ? 1 : weekdayLevel(series.rhythm, day);
  const ramp = Math.min(1, (day - series.fromDay + 1) / 14);
  const noise = 0.75 + 0.5 * unit(mix(hash, 2));
  let factor = isRunaway ? context.runawayFactor : 1;
  if (context.restatements.length > 0) {
    const { project_id: projectId, api_key_id: apiKeyId } = series.dimensions;
    factor *= usageFactor(context.restatements, day, { projectId, apiKeyId });
  }
  if (factor === 0) return 0;
  const calls = Math.floor(series.callsPerDay * context.level * ramp * weekday * noise * factor + unit(mix(hash, 3)));
  out[offset] = calls;
  for (let part = 0; part < series.perCall.length; part += 1) {
    const average = series.perCall[part] ?? 0;
    if (average > 0) out[offset + part + 1] = Math.floor(calls * average * (0.85 + 0.3 * unit(mix(hash, 10 + part))));
  }
  return calls;
}

/** All series of one endpoint on one day, ready to be cut into buckets of any width. */
export interface DayPlan {
  day: number;
  series: readonly Series[];
  partCount: number;
  totals: Float64Array;
  /** 25 cumulative shares per series; empty while only whole days were asked for. */
  curves: Float64Array;
}

export function planDay(
  org: Organization,
  endpoint: UsageEndpoint,
  { day, series, withCurves }: { day: number; series: readonly Series[]; withCurves: boolean },
): DayPlan {
  const { partCount } = endpoints[endpoint];
  const context = dayContext(org, day);
  const totals = new Float64Array(series.length * partCount);
  const curves = new Float64Array(withCurves ? series.length * 25 : 0);
  for (let index = 0; index < series.length; index += 1) {
    const item = series[index];
    if (!item || writeDayTotals(totals, index * partCount, item, context) === 0 || !withCurves) continue;
    const rhythm = context.runaway === item ? "service" : item.rhythm;
    writeDayCurve(curves, index * 25, { hash: mix(item.hash, day), rhythm, utcOffset: item.utcOffset });
  }
  return { day, series, partCount, totals, curves };
}

/** Calls of a series from midnight to a second of the day (whole minutes count). */
export function callsUntil(plan: DayPlan, index: number, second: number): number {
  const calls = plan.totals[index * plan.partCount] ?? 0;
  if (calls === 0 || second <= 0) return 0;
  if (second >= secondsPerDay) return calls;
  const hour = Math.floor(second / 3600);
  const minute = Math.floor((second - hour * 3600) / 60);
  const before = plan.curves[index * 25 + hour] ?? 0;
  if (minute === 0) return Math.floor(calls * before);
  const after = plan.curves[index * 25 + hour + 1] ?? 0;
  const hash = mix(plan.series[index]?.hash ?? 0, plan.day * 24 + hour);
  return Math.floor(calls * (before + (after - before) * minuteShare(hash, minute)));
}

/** A part of a series after so many of the day's calls: cumulative, so that any buckets add up exactly. */
export function partAt(total: number, calls: number, callsOfDay: number): number {
  return calls === callsOfDay ? total : Math.floor(total * (calls / callsOfDay));
}

/** Unix second after which a series is silent: now, or when its key was deleted. */
export function endOf(org: Organization, series: Series, now: number): number {
  const key = series.dimensions.api_key_id;
  const stopped = key === null ? undefined : org.stoppedKeys.get(key);
  return stopped === undefined ? now : Math.min(now, stopped);
}

/** The first moment at which a deleted key fell silent; Infinity when none was. */
export function firstStop(org: Organization): number {
  let first = Infinity;
  for (const moment of org.stoppedKeys.values()) first = Math.min(first, moment);
  return first;
}
