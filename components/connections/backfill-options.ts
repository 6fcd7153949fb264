/** How far back history can be fetched, as the form offers it. */
export const backfillOptions = [
  { months: 1, days: 31 },
  { months: 3, days: 92 },
  { months: 6, days: 183 },
  { months: 12, days: 365 },
  { months: 24, days: 730 },
] as const;

export const DEFAULT_BACKFILL_DAYS = 365;

/** How many closed days are looked at again, as the form offers it. */
export const trailingOptions = [1, 2, 3, 7, 14, 31] as const;

export const DEFAULT_TRAILING_DAYS = 3;
