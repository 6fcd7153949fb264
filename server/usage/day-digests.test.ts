import { describe, expect, it } from "vitest";
import { MS_PER_DAY, MS_PER_HOUR, parseUtcDay, type UtcDay } from "@/server/lib/time";
import { type DayDigests, digestsOfDays, partThatMayDiffer } from "@/server/usage/day-digests";
import { measureColumns } from "@/server/usage/measures";
import { noDimensions, type UsageFactRow } from "@/server/usage/normalise";
import type { Window } from "@/server/usage/replace-window";
import { resolved } from "@/server/usage/resolved-facts";
import { SeriesTable } from "@/server/usage/series";

const at = (day: UtcDay, hours = 0) => parseUtcDay(day).getTime() + hours * MS_PER_HOUR;

const window = (start: number, end: number, fetchedAt = end): Window => ({
  stream: { id: 1, connectionId: "c", name: "usage.completions" },
  width: "1h",
  start: new Date(start),
  end: new Date(end),
  fetchedAt: new Date(fetchedAt),
});

type Row = Partial<UsageFactRow> & { bucketStart: number };

/** Two series, of which the first number has the higher id unless told otherwise. */
function facts(rows: Row[], seriesIds = [20n, 10n]) {
  const series = new SeriesTable();
  for (const model of ["a", "b"]) series.numberOf({ ...noDimensions, model });
  const measures = measureColumns.map(() => 1);
  const full = rows.map((row) => ({ series: 0, measures, quantity: null, more: null, ...row }));
  return resolved({ kind: "usage", series, rows: full }, seriesIds);
}

const day = "2026-10-10";
const digestOf = (...given: Parameters<typeof facts>) =>
  digestsOfDays(window(at(day), at("2026-10-11")), facts(...given))
    .get(day)
    ?.toString("hex");

describe("the digest of a day", () => {
  const bucketStart = at(day, 3);

  it("is the same in whatever order the rows of a bucket and their series came", () => {
    const rows = [
      { bucketStart, series: 0, quantity: 1 },
      { bucketStart, series: 1, quantity: 2 },
    ];
    const renumbered = rows.map((row) => ({ ...row, series: 1 - row.series }));
    expect(digestOf(rows.toReversed())).toBe(digestOf(rows));
    expect(digestOf(renumbered, [10n, 20n])).toBe(digestOf(rows));
  });

  it("is another one for each thing that a fact tells", () => {
    const measures: (number | null)[] = measureColumns.map(() => 1);
    const digests = [
      digestOf([]),
      digestOf([{ bucketStart }]),
      digestOf([{ bucketStart: bucketStart + MS_PER_HOUR }]),
      digestOf([{ bucketStart, series: 1 }]),
      ...measureColumns.flatMap((_, i) =>
        [0, 2, null].map((value) => digestOf([{ bucketStart, measures: measures.with(i, value) }])),
      ),
      digestOf([{ bucketStart, quantity: 0 }]),
      digestOf([{ bucketStart, more: { num_new: 1 } }]),
      digestOf([{ bucketStart }, { bucketStart, series: 1 }]),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  it("is made of whole days that may be asked for again alone, idle ones too", () => {
    const asked = window(at("2026-10-08", 12), at("2026-10-11", 6));
    expect([...digestsOfDays(asked, facts([])).keys()]).toEqual(["2026-10-09", "2026-10-10"]);
    const monthsAgo = window(at(day), at("2026-10-11"), at("2026-12-11"));
    expect([...digestsOfDays(monthsAgo, facts([])).keys()]).toEqual([]);
  });
});

describe("the part of a window that may differ", () => {
  const days = ["2026-10-08", "2026-10-09", "2026-10-10"];
  const stored: DayDigests = new Map(days.map((name) => [name, Buffer.from(name)]));
  const asked = window(at("2026-10-08"), at("2026-10-11"));
  const partOf = (whole: Window, given: DayDigests) => {
    const part = partThatMayDiffer(whole, given, stored);
    return part && [part.start.getTime(), part.end.getTime()];
  };

  it("is none where each day is as it was stored", () => {
    expect(partOf(asked, new Map(stored))).toBeNull();
  });

  it("is from the first to the last day that is another one or unknown", () => {
    const other = Buffer.from("other");
    expect(partOf(asked, new Map([...stored, ["2026-10-09", other]]))).toEqual([at("2026-10-09"), at("2026-10-10")]);
    expect(partOf(asked, new Map([["2026-10-09", Buffer.from("2026-10-09")]]))).toEqual([
      at("2026-10-08"),
      at("2026-10-11"),
    ]);
  });

  it("holds days that the window has only a part of, and nothing beyond the window", () => {
    const cut = window(at("2026-10-08"), at("2026-10-11") + MS_PER_DAY / 4);
    expect(partOf(cut, new Map(stored))).toEqual([at("2026-10-11"), at("2026-10-11", 6)]);
  });
});
