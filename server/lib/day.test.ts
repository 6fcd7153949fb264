import { expect, it } from "vitest";
import { Day } from "@/server/lib/day";

it.each(["1970-01-01", "2026-02-28", "2028-02-29", "9999-12-31"])("%s is a day", (day) => {
  expect(Day.parse(day)).toBe(day);
});

it.each(["0000-01-01", "0001-01-01", "1969-12-31", "2026-02-29", "10000-01-01", "2026-1-1", "now", "infinity"])(
  "%s is none",
  (day) => {
    expect(Day.safeParse(day).success).toBe(false);
  },
);
