type Asked = { byPath: Record<string, number>; days: number; granularity: "day" | "hour"; now: string };

const COST_DAYS_A_PAGE = 180;
const USAGE_DAYS_A_PAGE = 31;
const USAGE_HOURS_A_PAGE = 168;
const COST_STREAMS = 2;
const USAGE_STREAMS = 10;

/**
 * The fewest calls that answer a back-fill: full pages of buckets (the provider's limits), and one call for every list
 * of the directory. Lists are counted by the paths asked for; none of the sandbox's is longer than a page.
 */
export function leastCalls({ byPath, days, granularity, now }: Asked): number {
  const lists = Object.keys(byPath).filter((path) => !/\/organization\/(costs|usage\/\w+)$/.test(path)).length;
  const hoursToday = new Date(now).getUTCHours() + 1;
  const usagePages =
    granularity === "day"
      ? Math.ceil(days / USAGE_DAYS_A_PAGE)
      : Math.ceil(((days - 1) * 24 + hoursToday) / USAGE_HOURS_A_PAGE);
  return lists + COST_STREAMS * Math.ceil(days / COST_DAYS_A_PAGE) + USAGE_STREAMS * usagePages;
}
