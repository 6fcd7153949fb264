import type { OrgScope } from "@/server/auth/scope";
import { toUtcDay, type UtcDay, utcDaysBetween } from "@/server/lib/time";
import { judgeCoverage } from "@/server/usage/coverage";
import { type StreamStatus, streamStatuses } from "@/server/usage/freshness.sql";
import { awaitedOf, isOffered, knowsDay } from "@/server/usage/known-days";
import { describeMembers } from "@/server/usage/members";
import { costStreamOf, streamsBehind } from "@/server/usage/page-streams";
import type { Trends, TrendsInput } from "@/server/usage/schema";
import { spendByDay } from "@/server/usage/spend.sql";
import { type CountsOfDay, usageByDay } from "@/server/usage/trends.sql";

const counts = ["requests", "inputTokens", "inputCachedTokens", "outputTokens"] as const;

/** Several figures of a few members by day, side by side; null is a day that nobody fetched, and no zero. */
export async function getTrends(
  scope: OrgScope,
  { dimension, keys, range }: TrendsInput,
  now = new Date(),
): Promise<Trends> {
  const days = utcDaysBetween(range.from, range.to);
  const describe = await describeMembers(scope, dimension, keys);
  const spend = (await spendByDay(scope, [dimension], range, keys)).get(dimension) ?? [];
  const usage = await usageByDay(scope, { dimension, keys }, range);
  const statuses = await streamStatuses(scope, streamsBehind(dimension), range);
  const { costs, freshness } = judgeCoverage(statuses, range, now);
  const isBilledDay = costs[costStreamOf(dimension)].day;
  const isCountedDay = dayOfUsage(statuses, toUtcDay(now));
  const amounts = new Map(spend.map(({ key, day, amount }) => [`${key} ${day}`, amount]));
  const counted = new Map(usage.map((row) => [`${row.key} ${row.day}`, row]));
  const cells = (cell: (key: string, day: UtcDay) => string | null) =>
    keys.map((key) => days.map((day) => cell(key, day)));
  const countsOf = (measure: keyof CountsOfDay) =>
    cells((key, day) => counted.get(`${key} ${day}`)?.[measure] ?? (isCountedDay(day) ? "0" : null));
  return {
    days,
    members: keys.map(describe),
    values: {
      cost: cells((key, day) => amounts.get(`${key} ${day}`) ?? (isBilledDay(day) ? "0" : null)),
      ...(Object.fromEntries(counts.map((measure) => [measure, countsOf(measure)])) as Record<
        (typeof counts)[number],
        (string | null)[][]
      >),
    },
    freshness,
  };
}

/** A day's counts are known when every list of usage that there is knows the day. */
function dayOfUsage(statuses: readonly StreamStatus[], today: UtcDay): (day: UtcDay) => boolean {
  const lists = [...Map.groupBy(statuses.filter(isOffered), ({ stream }) => stream)]
    .filter(([stream]) => stream.startsWith("usage."))
    .map(([, list]) => awaitedOf(list));
  return (day) => lists.length > 0 && lists.every((list) => list.some((status) => knowsDay(status, day, today)));
}
