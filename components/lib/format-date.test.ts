import { expect, it } from "vitest";
import { formatBucket, formatDay, formatDayRange, formatInstant, formatRelative, isoWeek } from "./format-date";

it("a day is the same day in every zone", () => {
  expect(formatDay("2026-03-01", "en")).toBe("Mar 1, 2026");
  expect(formatDay("2026-03-01", "ko")).toBe("2026년 3월 1일");
});

it.each(["2026-02-30", "20260301", "", null])("%s is no day", (day) => {
  expect(formatDay(day, "en")).toBe("–");
});

it("a range says shared parts once", () => {
  expect(formatDayRange("2026-11-01", "2026-11-20", "en").replaceAll(/\s/gu, " ")).toBe("Nov 1 – 20, 2026");
  expect(formatDayRange("2026-11-01", "2026-11-01", "en")).toBe("Nov 1, 2026");
});

it("an instant is shown in the organization's zone, with the zone named when asked", () => {
  const seoul = { locale: "en", timeZone: "Asia/Seoul" };
  expect(formatInstant("2026-03-01T15:30:00Z", seoul).replaceAll(/\s/gu, " ")).toBe("Mar 2, 2026, 12:30 AM");
  expect(formatInstant("2026-03-01T15:30:00Z", seoul, "full")).toContain("GMT+9");
  expect(formatInstant("not a time", seoul)).toBe("–");
});

it.each([
  [-20, "20 seconds ago"],
  [-185, "3 minutes ago"],
  [-7200, "2 hours ago"],
  [0, "now"],
  [86_400, "tomorrow"],
])("%s seconds away reads %s", (seconds, shown) => {
  const now = Date.parse("2026-03-01T00:00:00Z");
  expect(formatRelative(new Date(now + seconds * 1000).toISOString(), now, "en")).toBe(shown);
});

it.each([
  ["2021-01-03", 2020, 53],
  ["2024-12-30", 2025, 1],
  ["2026-11-20", 2026, 47],
])("%s lies in ISO week %s-W%s", (day, year, week) => {
  expect(isoWeek(day)).toEqual({ year, week });
});

it("buckets name weeks with their ISO year and months with their year", () => {
  expect(formatBucket("2024-12-30", "week", "en")).toBe("W01 2025");
  expect(formatBucket("2026-11-01", "month", "en")).toBe("Nov 2026");
  expect(formatBucket("2026-11-03", "day", "en")).toBe("Nov 3");
});

it("quarters and hours have labels too; an hour reads as it stands in its own zone", () => {
  expect(formatBucket("2026-10-01", "quarter", "en")).toBe("Q4 2026");
  expect(formatBucket("2026-11-03T14:00:00+09:00", "hour", "en")).toBe("Nov 3, 2 PM");
  expect(formatBucket("soon", "hour", "en")).toBe("–");
});
