import { UNKNOWN_MARK } from "@/components/lib/format-money";
import { dateFormat } from "@/components/lib/intl-cache";

/** A calendar day 'YYYY-MM-DD'. It has no zone: it is the same day wherever it is read. */
export type Day = string;
/** A moment, ISO 8601 with zone: '2026-03-01T09:30:00Z'. */
export type Instant = string;

export type DayStyle = "numeric" | "short" | "medium" | "long";

const dayStyles: Record<DayStyle, Intl.DateTimeFormatOptions> = {
  numeric: { year: "numeric", month: "2-digit", day: "2-digit" },
  short: { month: "short", day: "numeric" },
  medium: { year: "numeric", month: "short", day: "numeric" },
  long: { weekday: "short", year: "numeric", month: "short", day: "numeric" },
};

export function formatDay(day: Day | null | undefined, locale: string, style: DayStyle = "medium"): string {
  const date = dayToDate(day);
  return date ? dateFormat(locale, { ...dayStyles[style], timeZone: "UTC" }).format(date) : UNKNOWN_MARK;
}

/** "Nov 1 – 20, 2026": parts that both ends share are said once. */
export function formatDayRange(from: Day, to: Day, locale: string): string {
  const start = dayToDate(from);
  const end = dayToDate(to);
  if (!start || !end) return UNKNOWN_MARK;
  const format = dateFormat(locale, { ...dayStyles.medium, timeZone: "UTC" });
  return from === to ? format.format(start) : plainSpaces(format.formatRange(start, end));
}

/** Browsers and the server know different editions of the same rules: thin spaces, or none about a tilde, in one, plain ones in the other. */
const plainSpaces = (text: string) => text.replaceAll(/[\u2009\u202f]/g, " ").replaceAll(/ ?~ ?/g, " ~ ");

export type InstantStyle = "time" | "medium" | "full";

const instantStyles: Record<InstantStyle, Intl.DateTimeFormatOptions> = {
  time: { hour: "numeric", minute: "2-digit" },
  medium: { year: "numeric", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" },
  full: {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  },
};

/** A moment in the organization's zone; "full" names the zone. */
export function formatInstant(
  instant: Instant | null | undefined,
  zone: { locale: string; timeZone: string },
  style: InstantStyle = "medium",
): string {
  const time = instant ? Date.parse(instant) : Number.NaN;
  if (Number.isNaN(time)) return UNKNOWN_MARK;
  return plainSpaces(dateFormat(zone.locale, { ...instantStyles[style], timeZone: zone.timeZone }).format(time));
}

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** "3 minutes ago", "in 2 days", against `now` in milliseconds. */
export function formatRelative(instant: Instant | null | undefined, now: number, locale: string): string {
  const time = instant ? Date.parse(instant) : Number.NaN;
  if (Number.isNaN(time)) return UNKNOWN_MARK;
  const seconds = Math.round((time - now) / 1000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, "second");
}

export type Granularity = "day" | "week" | "month";
/** How long the bars of a chart can be. */
export type BucketLength = Granularity | "hour" | "quarter";

/**
 * The label of a bucket that begins on `day`: "Nov 3", "W45 2026" (ISO), "Nov 2026", "Q4 2026". An hour begins at an
 * instant with its own offset ("2026-11-03T14:00:00+09:00") and is read as it stands there: "Nov 3, 2 PM".
 */
export function formatBucket(day: Day, granularity: BucketLength, locale: string): string {
  if (granularity === "hour") return formatHour(day, locale);
  if (granularity === "day") return formatDay(day, locale, "short");
  const date = dayToDate(day);
  if (!date) return UNKNOWN_MARK;
  if (granularity === "quarter") return `Q${Math.floor(date.getUTCMonth() / 3) + 1} ${date.getUTCFullYear()}`;
  if (granularity === "month")
    return dateFormat(locale, { year: "numeric", month: "short", timeZone: "UTC" }).format(date);
  const { year, week } = isoWeek(day);
  return `W${String(week).padStart(2, "0")} ${year}`;
}

function formatHour(instant: string, locale: string): string {
  const wallTime = Date.parse(`${instant.slice(0, 19)}Z`);
  if (Number.isNaN(wallTime)) return UNKNOWN_MARK;
  const style = { month: "short", day: "numeric", hour: "numeric", timeZone: "UTC" } as const;
  return plainSpaces(dateFormat(locale, style).format(wallTime));
}

/** ISO 8601 week: Monday first, and the year that holds the week's Thursday. */
export function isoWeek(day: Day): { year: number; week: number } {
  const date = dayToDate(day) ?? new Date(Number.NaN);
  const thursday = new Date(date);
  thursday.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const firstOfYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.ceil(((thursday.getTime() - firstOfYear) / 86_400_000 + 1) / 7);
  return { year: thursday.getUTCFullYear(), week };
}

/** UTC midnight of a day; null unless it is a real calendar day. */
export function dayToDate(day: Day | null | undefined): Date | null {
  if (!day || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day ? null : date;
}
