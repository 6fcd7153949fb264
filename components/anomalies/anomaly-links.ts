import { addDays, countDays } from "@/components/lib/date-range";
import type { Anomaly } from "@/server/anomalies/schema";
import { formatFilter } from "@/server/explore/constants";

/** Around the days, so that what is usual is seen beside them. */
const DAYS_BEFORE = 14;
const DAYS_AFTER = 7;

/** Explore with what stood out alone, before, meanwhile and after. */
export function exploreHref(org: string, anomaly: Anomaly): string {
  const { from, to } = anomaly.range;
  return hrefOf(org, anomaly, { from: addDays(from, -DAYS_BEFORE), to: addDays(to, DAYS_AFTER) });
}

/** The very days taken apart against as many before them: whole weeks, so that weekdays are compared with the same. */
export function whyHref(org: string, anomaly: Anomaly): string {
  const { from, to } = anomaly.range;
  const days = Math.ceil((countDays({ from, to }) - 1) / 7) * 7;
  return hrefOf(org, anomaly, { from: addDays(to, -days), to, compare: "previous_period", why: "true" });
}

function hrefOf(org: string, { dimension, key }: Anomaly, asked: Record<string, string>): string {
  const params = new URLSearchParams({ ...asked, group: dimension === "total" ? "api_key" : "model" });
  if (dimension !== "total") params.set("filter", formatFilter({ dimension, op: "in", values: [key || null] }));
  return `/${org}/explore?${params}`;
}
