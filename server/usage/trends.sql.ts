import type { OrgScope } from "@/server/auth/scope";
import { utcDaysBetween } from "@/server/lib/time";
import { andCounted } from "@/server/usage/counted.sql";
import { usageDimensions } from "@/server/usage/dimensions";
import type { BreakdownDimension, DayRange } from "@/server/usage/schema";

export type CountsOfDay = {
  key: string;
  day: string;
  requests: string;
  inputTokens: string;
  inputCachedTokens: string;
  outputTokens: string;
};

/** Requests and tokens of some members by day; days are named, so that each member is looked up in the index. */
export async function usageByDay(
  scope: OrgScope,
  { dimension, keys }: { dimension: BreakdownDimension; keys: readonly string[] },
  range: DayRange,
): Promise<CountsOfDay[]> {
  return scope.db.$queryRaw<CountsOfDay[]>`
    select key, to_char(day, 'YYYY-MM-DD') as day, sum(requests)::text as requests, sum(input_tokens)::text as "inputTokens",
      sum(input_cached_tokens)::text as "inputCachedTokens", sum(output_tokens)::text as "outputTokens"
    from usage_daily
    where org_id = ${scope.org.id}::uuid and dimension = ${usageDimensions[dimension]}
      and day = any(${utcDaysBetween(range.from, range.to)}::date[]) and key = any(${[...keys]}::text[])
      ${await andCounted(scope)}
    group by key, usage_daily.day`;
}
