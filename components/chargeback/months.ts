import { parseAsString } from "nuqs/server";
import { addDays } from "@/components/lib/date-range";
import type { Day } from "@/components/lib/format-date";
import { FIRST_DAY } from "@/server/usage/constants";

/** Which month is looked at: "2026-10"; the last whole one when the address says nothing sane. */
export const chargebackParams = { month: parseAsString };

const FIRST_MONTH = FIRST_DAY.slice(0, 7);

/** @param today the UTC day */
export function monthOf(asked: string | null, today: Day): string {
  const isSane =
    asked !== null && /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) && asked >= FIRST_MONTH && asked <= today.slice(0, 7);
  return isSane ? asked : monthBefore(today.slice(0, 7));
}

export const monthBefore = (month: string) => addDays(`${month}-01`, -1).slice(0, 7);

export const monthAfter = (month: string) => addDays(`${month}-01`, 31).slice(0, 7);

/** The months to choose from, the newest first: two years, and the one looked at. */
export function monthsUpTo(today: Day, shown: string): string[] {
  const months = [today.slice(0, 7)];
  while (months.length < 24 && (months.at(-1) ?? "") > FIRST_MONTH) months.push(monthBefore(months.at(-1) ?? today));
  return months.includes(shown) ? months : [...months, shown];
}
