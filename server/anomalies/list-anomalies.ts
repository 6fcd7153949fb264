import { largeMembers } from "@/server/anomalies/anomalies.sql";
import { type AnomalyDirection, BASELINE_WEEKS, causeDimensions, MAX_JUDGED_DAYS } from "@/server/anomalies/constants";
import { findAnomalies, type FoundAnomaly, leastExcessOf, type SpendSeries } from "@/server/anomalies/find-anomalies";
import { type Dismissal, readDismissals } from "@/server/anomalies/dismissals";
import type { AnomaliesInput, AnomaliesResult, Anomaly } from "@/server/anomalies/schema";
import type { OrgScope } from "@/server/auth/scope";
import type { ExploreDimension } from "@/server/explore/constants";
import { type Describe, describeKeys, type NamedKey } from "@/server/explore/describe-groups";
import { compareDecimals, subtractDecimals, sumDecimals } from "@/server/lib/money";
import { addUtcDays, FIRST_DAY, toUtcDay, type UtcDay, utcDaysBetween } from "@/server/lib/time";
import { coverageOf, type Known } from "@/server/usage/coverage";
import { lengthInDays } from "@/server/usage/day-ranges";
import type { DayRange } from "@/server/usage/schema";
import { type AmountByDay, spendByDay } from "@/server/usage/spend.sql";

/** What began before the range is seen from its beginning. */
const LEAD_DAYS = 14;

/**
 * Spend that stands out from what is usual, each incident once with who caused most of it: rises in all and by key, project
 * and model, falls in all and by project. Found on reading, from the sums by day; what was dismissed is marked with the reason.
 */
export async function listAnomalies(
  scope: OrgScope,
  { range: asked }: AnomaliesInput,
  now = new Date(),
): Promise<AnomaliesResult> {
  const range = judgedRange(asked, now);
  const judgedFrom = laterDay(addUtcDays(range.from, -LEAD_DAYS));
  const window = { from: laterDay(addUtcDays(judgedFrom, -7 * BASELINE_WEEKS)), to: range.to };
  const coverage = await coverageOf(scope, { streams: ["costs.project"], range, besides: [window], now });
  const known = coverage.costs["costs.project"];
  const days = utcDaysBetween(window.from, window.to);
  const place = (rows: readonly AmountByDay[]) => placed(rows, days, known);
  const totals = (await spendByDay(scope, ["total"], window, [""])).get("total") ?? [];
  const total: SpendSeries = { dimension: "total", key: "", amounts: place(totals) };
  const series = [total, ...(await memberSeries(scope, { window, place, least: leastExcessOf(total) }))];
  const today = toUtcDay(now);
  const found = findAnomalies({ days, judgedFrom, openFrom: today, series }).filter((one) => touches(one, range));
  const describe = await describeKeys(scope, found.flatMap(namedKeys), []);
  const dismissals = await readDismissals(scope, window);
  // What happened after a range that ended earlier is not looked at.
  const isUpToNow = range.to >= today;
  const lastDay = {
    rise: isUpToNow && days.findLast(known.day),
    fall: isUpToNow && days.findLast((day) => day < today && known.day(day)),
  };
  return {
    range,
    anomalies: found.map((one) => toAnomaly(one, { describe, dismissals, lastDay })),
    historyDays: total.amounts.slice(total.amounts.findIndex(isSpend)).filter((amount) => amount !== null).length,
    freshness: coverage.freshness,
  };
}

const isSpend = (amount: string | null) => amount !== null && Number(amount) !== 0;

const laterDay = (day: UtcDay) => (day > FIRST_DAY ? day : FIRST_DAY);

/** Up to today, and not more than can be looked through at once. */
function judgedRange({ from, to }: DayRange, now: Date): DayRange {
  const tomorrow = addUtcDays(toUtcDay(now), 1);
  const end = to < tomorrow ? to : tomorrow;
  if (from >= end) return { from, to };
  const isLong = lengthInDays({ from, to: end }) > MAX_JUDGED_DAYS;
  return { from: isLong ? addUtcDays(end, -MAX_JUDGED_DAYS) : from, to: end };
}

type Members = {
  window: DayRange;
  place: (rows: readonly AmountByDay[]) => SpendSeries["amounts"];
  /** Only what costs as many US dollars on some day can rise or fall by as much. */
  least: number;
};

async function memberSeries(scope: OrgScope, { window, place, least }: Members): Promise<SpendSeries[]> {
  const large = await largeMembers(scope, window, least);
  const keys = [...new Set(large.map(({ key }) => key))];
  const spend = await spendByDay(scope, causeDimensions, window, keys);
  return causeDimensions.flatMap((dimension) =>
    [...Map.groupBy(spend.get(dimension) ?? [], ({ key }) => key)]
      .filter(([, rows]) => rows.some(({ amount }) => Number(amount) >= least))
      .map(([key, rows]) => ({ dimension, key, amounts: place(rows) })),
  );
}

/** Day by day: no row on a day that was fetched is nothing spent. */
function placed(rows: readonly AmountByDay[], days: readonly UtcDay[], known: Known): (string | null)[] {
  const amounts = new Map(rows.map(({ day, amount }) => [day, amount]));
  return days.map((day) => (known.day(day) ? (amounts.get(day) ?? "0") : null));
}

const touches = ({ days }: FoundAnomaly, range: DayRange) =>
  days.some(({ day }) => range.from <= day && day < range.to);

function namedKeys({ dimension, key, causes }: FoundAnomaly): NamedKey[] {
  const own: NamedKey[] = dimension === "total" ? [] : [[dimension, key]];
  return [...own, ...causes.map((cause): NamedKey => [cause.dimension satisfies ExploreDimension, cause.key])];
}

type Told = {
  describe: Describe;
  dismissals: readonly Dismissal[];
  /** Up to which days could stand out; false where the range does not reach to now. */
  lastDay: Record<AnomalyDirection, UtcDay | false | undefined>;
};

function toAnomaly(found: FoundAnomaly, { describe, dismissals, lastDay }: Told): Anomaly {
  const { direction, dimension, key, days, causes, stoppedOn } = found;
  const [first, last] = [days[0]?.day ?? "", days.at(-1)?.day ?? ""];
  const amount = sumDecimals(days.map((one) => one.amount));
  const expected = sumDecimals(days.map((one) => one.expected));
  const excess = subtractDecimals(amount, expected);
  const dismissal = dismissals.find((one) => isOf(one, found));
  return {
    direction,
    dimension,
    key,
    day: first,
    label: dimension === "total" ? null : describe(dimension, key),
    range: { from: first, to: addUtcDays(last, 1) },
    isOngoing: last === lastDay[direction],
    stoppedOn: lastDay[direction] ? stoppedOn : null,
    amount,
    expected,
    excess,
    days,
    causes: causes.map((cause) => ({
      label: describe(cause.dimension, cause.key),
      excess: cause.excess,
      isNew: cause.isNew,
    })),
    dismissal: dismissal
      ? { reason: dismissal.reason, by: dismissal.by, at: dismissal.at.toISOString(), day: dismissal.day }
      : null,
  };
}

/** Said of one of its days; a rise and a fall of the same may follow each other closely. */
const isOf = (dismissal: Dismissal, { direction, dimension, key, days }: FoundAnomaly) =>
  dismissal.dimension === dimension &&
  dismissal.key === key &&
  days.some(
    ({ day, amount, expected }) =>
      day === dismissal.day && (direction === "rise") === compareDecimals(amount, expected) > 0,
  );
