import { expect, it } from "vitest";
import type { GroupCells } from "@/server/explore/explore.sql";
import { addUp, type ToAddUp } from "@/server/explore/packs/add-up";
import { WHOLE_DAY } from "@/server/explore/packs/columns.sql";
import { encodePack } from "@/server/explore/packs/encode";
import { bytesOf, packOf } from "@/server/explore/packs/pack";
import { planPeriod } from "@/server/explore/packs/plan";
import { Exact } from "@/server/lib/money";
import { type UtcDay, utcDaysBetween } from "@/server/lib/time";

const ids = [3, 4, 7, 8, 10, 12];
const names = ["a", "b", "a", "c", "", "d"];
const ranges = [
  { from: "2026-03-10", to: "2026-03-14" },
  { from: "2026-03-06", to: "2026-03-10" },
] as const;

type Row = { series: number; slot: number; text: string };

/** Numbers of a day that are told again by nothing but the day: small, large, negative, unknown, none at all. */
function rowsOf(day: UtcDay, isByHour: boolean): Row[] {
  const seed = Number(day.slice(-2));
  return ids.flatMap((series) =>
    (isByHour ? [0, 5, 23, WHOLE_DAY] : [0]).flatMap((slot) => {
      const number = (seed * series + slot * 7) % 11;
      if (number === 0) return [];
      const text = number === 1 ? "" : `${number === 2 ? "-" : ""}${number}${"0".repeat(number - 1)}.${seed}${series}`;
      return [{ series, slot, text }];
    }),
  );
}

function ask({ isByHour, top, shares }: { isByHour: boolean; top: number; shares: string[] | null }): ToAddUp {
  const segments: UtcDay[] = ["2026-01-01"];
  const granularity = isByHour ? "hour" : "day";
  const periods = ranges.map((range, period) =>
    planPeriod({ granularity, timezone: "UTC", segments }, { range, period }),
  );
  const packs = periods.flatMap(({ units }) =>
    units.flatMap((unit) => {
      const rows = rowsOf(unit.starts, isByHour);
      const columns = encodePack({
        starts: unit.starts,
        series: rows.map(({ series }) => series),
        slots: rows.map(({ slot }) => slot),
        measures: { amount: rows.map(({ text }) => text).join(",") },
      });
      const pack = packOf(bytesOf(columns), "amount");
      return pack ? [{ ...pack, streamId: 1, unit }] : [];
    }),
  );
  const list = { streamId: 1, segment: 0, as: "own", ids, keys: [names], shares } as const;
  return { series: [list], packs, periods, segments, isByHour, top, isGrouped: true };
}

/** A line of the range as it should be, added up one number after the other. */
function expected(
  period: number,
  of: readonly string[],
  { isByHour, shares }: Pick<ToAddUp, "isByHour"> & { shares: string[] | null },
) {
  const sums = new Map<string, Exact>();
  let whole = new Exact(0);
  const { from, to } = ranges[period] ?? ranges[0];
  for (const day of utcDaysBetween(from, to)) {
    for (const { series, slot, text } of rowsOf(day, isByHour)) {
      const row = ids.indexOf(series);
      if (text === "" || !of.includes(names[row] ?? "")) continue;
      const value = new Exact(text).times(shares?.[row] ?? 1);
      const hour = String(slot === WHOLE_DAY ? 0 : slot).padStart(2, "0");
      const bucket = isByHour ? `${day}T${hour}:00:00Z` : day;
      sums.set(bucket, (sums.get(bucket) ?? new Exact(0)).plus(value));
      if (slot === WHOLE_DAY) whole = whole.plus(value);
    }
  }
  return {
    values: Object.fromEntries([...sums].map(([bucket, sum]) => [bucket, sum.toFixed()])),
    whole: whole.toFixed(),
  };
}

const shown = ({ buckets, values, whole }: GroupCells) => ({
  values: Object.fromEntries(buckets.map((bucket, i) => [bucket, values[i]])),
  whole,
});

it.each([
  { isByHour: false, top: 10, shares: null },
  { isByHour: false, top: 1, shares: null },
  { isByHour: true, top: 2, shares: null },
  { isByHour: false, top: 2, shares: ["0.5", "1", "0.333", "1", "1", "0.25"] },
])("lines are the sums of their numbers, whether sums are kept or made twice: %o", (asked) => {
  const question = ask(asked);
  const lines = addUp(question);
  expect(addUp(question, { maxKept: 0 })).toEqual(lines);
  for (const period of [0, 1]) {
    const own = lines.filter((line) => line.period === period);
    const named = own.filter(({ kind }) => kind === "named").flatMap(({ keys }) => keys);
    expect(named.length).toBe(Math.min(asked.top, 4));
    for (const line of own) {
      const of = line.kind === "other" ? names.filter((name) => name !== "" && !named.includes(name)) : line.keys;
      expect(shown(line), `${line.kind} ${line.keys}`).toEqual(expected(period, of, asked));
    }
    expect(own.map(({ kind }) => kind).filter((kind) => kind !== "named")).toEqual(
      asked.top < 4 ? ["other", "unattributed"] : ["unattributed"],
    );
  }
});

it("the largest of the range come first, whatever they were before", () => {
  const question = ask({ isByHour: false, top: 10, shares: null });
  const lines = addUp(question).filter(({ kind, period }) => kind === "named" && period === 0);
  const totals = lines.map(({ values }) => values.reduce((sum, value) => sum.plus(value), new Exact(0)));
  expect(totals.map(String)).toEqual(totals.toSorted((a, b) => b.comparedTo(a)).map(String));
  expect(lines.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
});
