"use client";

import { useLocale, useTimeZone } from "next-intl";
import { useMemo } from "react";
import type { DecimalText } from "@/components/lib/decimal";
import { formatChange } from "@/components/lib/format-change";
import { compactCount, exactCount, formatCount, formatShare } from "@/components/lib/format-count";
import {
  type BucketLength,
  type Day,
  type DayStyle,
  formatBucket,
  formatDay,
  formatDayRange,
  formatInstant,
  formatRelative,
  type Instant,
  type InstantStyle,
} from "@/components/lib/format-date";
import {
  compactMoney,
  exactDifference,
  exactMoney,
  formatDifference,
  formatMoney,
} from "@/components/lib/format-money";

type Figure = DecimalText | null | undefined;

/** The pure formatters, bound to the reader's locale and the organization's time zone. */
export function useFormat() {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  return useMemo(
    () => ({
      locale,
      timeZone,
      money: (amount: Figure) => formatMoney(amount, locale),
      moneyExact: (amount: Figure) => exactMoney(amount, locale),
      difference: (amount: Figure) => formatDifference(amount, locale),
      differenceExact: (amount: Figure) => exactDifference(amount, locale),
      moneyCompact: (amount: number) => compactMoney(amount, locale),
      count: (count: Figure | number) => formatCount(count, locale),
      countExact: (count: Figure | number) => exactCount(count, locale),
      countCompact: (count: number) => compactCount(count, locale),
      share: (ratio: number | null | undefined) => formatShare(ratio, locale),
      change: (ratio: number) => formatChange(ratio, locale),
      day: (day: Day | null | undefined, style?: DayStyle) => formatDay(day, locale, style),
      dayRange: (from: Day, to: Day) => formatDayRange(from, to, locale),
      bucket: (day: Day, granularity: BucketLength) => formatBucket(day, granularity, locale),
      instant: (instant: Instant | null | undefined, style?: InstantStyle) =>
        formatInstant(instant, { locale, timeZone }, style),
      relative: (instant: Instant | null | undefined, now: number) => formatRelative(instant, now, locale),
    }),
    [locale, timeZone],
  );
}

export type Format = ReturnType<typeof useFormat>;
