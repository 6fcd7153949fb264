import { expect, it } from "vitest";
import { planPeriod } from "@/server/explore/packs/plan";
import { utcDaysOf } from "@/server/explore/zone";
import { addUtcDays, type UtcDay, utcDaysBetween } from "@/server/lib/time";

const range = { from: "2026-03-20", to: "2026-04-05" } as const;

/** Days that are read by the hour, as a label changes within them. */
function daysByHour(timezone: string, changes: UtcDay) {
  const { units } = planPeriod(
    { granularity: "day", timezone, segments: ["2026-01-01", changes] },
    { range, period: 0 },
  );
  const whole = new Set(units.filter(({ grain }) => grain === "day").map(({ starts }) => starts));
  return utcDaysBetween(range.from, range.to).filter((day) => !whole.has(day));
}

// Clocks change on days of this range in three of them.
it.each([
  "UTC",
  "Etc/GMT+12",
  "Pacific/Kiritimati",
  "Asia/Kolkata",
  "Europe/London",
  "Atlantic/Azores",
  "Australia/Lord_Howe",
])("in %s, days that have parts of UTC days with different labels are read by the hour, and no others", (timezone) => {
  for (const changes of utcDaysBetween(addUtcDays(range.from, -3), addUtcDays(range.to, 3))) {
    const cut = utcDaysBetween(range.from, range.to).filter((day) => {
      const { from, to } = utcDaysOf(day, timezone);
      return timezone !== "UTC" && changes > from && changes < to;
    });
    expect(daysByHour(timezone, changes)).toEqual(cut);
  }
});

it("a month in which a label changes is read by the day, another as a whole", () => {
  const asked = { granularity: "month", timezone: "Asia/Seoul" } as const;
  const grains = (changes: UtcDay) => {
    const segments = ["2026-01-01", changes] as const;
    const { units } = planPeriod(
      { ...asked, segments },
      { range: { from: "2026-03-01", to: "2026-05-01" }, period: 0 },
    );
    return Map.groupBy(units, ({ starts }) => starts.slice(0, 7))
      .entries()
      .map(([month, own]) => [month, own.length])
      .toArray();
  };
  expect(grains("2026-06-15")).toEqual([
    ["2026-03", 1],
    ["2026-04", 1],
  ]);
  const [march, april] = grains("2026-04-10");
  expect(march).toEqual(["2026-03", 1]);
  expect(april?.[1]).toBeGreaterThan(29);
});
