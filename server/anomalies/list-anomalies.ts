import { readLargeMembers } from "@/server/anomalies/anomalies.sql";
import { BASELINE_WEEKS, MAX_JUDGED_DAYS } from "@/server/anomalies/constants";
import { findAnomalies, type FoundAnomaly, leastExcessOf, type SpendSeries } from "@/server/anomalies/find-anomalies";
import { type Dismissal, readDismissals } from "@/server/anomalies/dismissals";
import type { AnomaliesInput, AnomaliesResult, Anomaly } from "@/server/anomalies/schema";
import type { OrgScope } from "@/server/auth/scope";
import type { ExploreDimension } from "@/server/explore/constants";
import { type Describe, describeKeys, type NamedKey } from "@/server/explore/describe-groups";
import { subtractDecimals, sumDecimals } from "@/server/lib/money";
import { addUtcDays, FIRST_DAY, toUtcDay, type UtcDay, utcDaysBetween } from "@/server/lib/time";
import { coverageOf, type Known } from "@/server/usage/coverage";
import { lengthInDays } from "@/server/usage/day-ranges";
import type { DayRange } from "@/server/usage/schema";
import { spendByDay } from "@/server/usage/spend.sql";

/** What began before the range is seen from its beginning. */
const LEAD_DAYS = 14;

/**
 * Spend that stands out from what is usual, in all and by key, project and model, each incident once with who caused most
 * of it. Found on reading, from the sums by day; what was dismissed is marked with the reason.
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
  const total = await totalSeries(scope, { window, days, known });
  const members = await readLargeMembers(scope, { ...window, judgedFrom, least: leastExcessOf(total) });
  const series = [total, ...members.map((one) => ({ ...one, amounts: place(one, days, known) }))];
  const found = findAnomalies({ days, judgedFrom, series }).filter((one) => touches(one, range));
  const describe = await describeKeys(scope, found.flatMap(namedKeys), []);
  const dismissals = await readDismissals(scope, window);
  const lastKnown = days.findLast(known.day) ?? "";
  return {
    range,
    anomalies: found.map((one) => toAnomaly(one, { describe, dismissals, lastKnown })),
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

type Window = { window: DayRange; days: readonly UtcDay[]; known: Known };

async function totalSeries(scope: OrgScope, { window, days, known }: Window): Promise<SpendSeries> {
  const rows = (await spendByDay(scope, ["total"], window, [""])).get("total") ?? [];
  const spend = { days: rows.map(({ day }) => day), amounts: rows.map(({ amount }) => amount) };
  return { dimension: "total", key: "", amounts: place(spend, days, known) };
}

/** Day by day: no row on a day that was fetched is nothing spent. */
function place(
  spend: { days: readonly UtcDay[]; amounts: readonly string[] },
  days: readonly UtcDay[],
  known: Known,
): (string | null)[] {
  const amounts = new Map(spend.days.map((day, i) => [day, spend.amounts[i] ?? "0"]));
  return days.map((day) => (known.day(day) ? (amounts.get(day) ?? "0") : null));
}

const touches = ({ days }: FoundAnomaly, range: DayRange) =>
  days.some(({ day }) => range.from <= day && day < range.to);

function namedKeys({ dimension, key, causes }: FoundAnomaly): NamedKey[] {
  const own: NamedKey[] = dimension === "total" ? [] : [[dimension, key]];
  return [...own, ...causes.map((cause): NamedKey => [cause.dimension satisfies ExploreDimension, cause.key])];
}

type Told = { describe: Describe; dismissals: readonly Dismissal[]; lastKnown: UtcDay };

function toAnomaly({ dimension, key, days, causes }: FoundAnomaly, { describe, dismissals, lastKnown }: Told): Anomaly {
  const [first, last] = [days[0]?.day ?? "", days.at(-1)?.day ?? ""];
  const amount = sumDecimals(days.map((one) => one.amount));
  const expected = sumDecimals(days.map((one) => one.expected));
  const dismissal = dismissals.find(
    (one) => one.dimension === dimension && one.key === key && first <= one.day && one.day <= last,
  );
  return {
    dimension,
    key,
    day: first,
    label: dimension === "total" ? null : describe(dimension, key),
    range: { from: first, to: addUtcDays(last, 1) },
    isOngoing: last === lastKnown,
    amount,
    expected,
    excess: subtractDecimals(amount, expected),
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
