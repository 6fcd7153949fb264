import { dayInZone } from "@/components/lib/date-range";
import { type Day, dayToDate, type Instant } from "@/components/lib/format-date";

/** No zone is further from UTC. */
const FURTHEST_MS = 16 * 3_600_000;

/**
 * When a day begins in a zone: its first moment, to the second; where clocks skip midnight or the whole day, the first
 * moment after. @throws RangeError for what is no day
 */
export function startOfDay(day: Day, timeZone: string): Instant {
  const midnight = dayToDate(day);
  if (!midnight) throw new RangeError(`not a day: ${day}`);
  let before = midnight.getTime() - FURTHEST_MS;
  let after = midnight.getTime() + FURTHEST_MS;
  while (after - before > 1_000) {
    const middle = Math.floor((before + after) / 2_000) * 1_000;
    if (dayInZone(timeZone, middle) >= day) after = middle;
    else before = middle;
  }
  return new Date(after).toISOString();
}
