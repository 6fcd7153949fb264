import { describe, expect, it } from "vitest";
import { hoursInDays, utcDaysOf } from "@/server/explore/zone";
import { addUtcDays, toUtcDay, utcDaysBetween } from "@/server/lib/time";

describe("the UTC days that a day of a zone has a part of", () => {
  const zones = [
    ...["UTC", "Europe/London", "Atlantic/Azores", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"],
    ...["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/St_Johns", "Africa/Casablanca"],
  ];

  it.each(zones)("are those of its hours, also where clocks change: %s", (zone) => {
    for (const day of utcDaysBetween("2026-01-01", "2027-01-01")) {
      const hours = hoursInDays({ from: day, to: addUtcDays(day, 1) }, zone).map(({ instant }) => toUtcDay(instant));
      const { from, to } = utcDaysOf(day, zone);
      expect([day, ...utcDaysBetween(from, to)]).toEqual([day, ...new Set(hours)]);
    }
  });
});
