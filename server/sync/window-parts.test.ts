import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bucket } from "@/server/openai/pages";
import type { CostRow } from "@/server/openai/rows";
import { MS_PER_DAY, MS_PER_HOUR } from "@/server/lib/time";
import { subtractRanges, unionRanges } from "@/server/sync/ranges";
import { type WindowPart, WindowParts } from "@/server/sync/window-parts";
import { type CostFacts, emptyCostFacts } from "@/server/usage/normalise";

const DAY = MS_PER_DAY;
const FIRST = Date.parse("2026-10-01T00:00:00Z");

const widths = { "1d": DAY, "1h": MS_PER_HOUR } as const;
const broken = { kind: "transient", code: "invalid_body" };

type Stored = Pick<WindowPart, "start" | "end" | "isLast"> & { rows: number };

type Shape = { days: number; width?: keyof typeof widths; rows: number; fetchedAt?: number };

/** Parts of a window of `days` days with `rows` facts in every bucket. */
function makeParts({ days, width = "1d", rows, fetchedAt = FIRST + 1_000 * DAY }: Shape) {
  const stored: Stored[] = [];
  let mostHeld = 0;
  const window = { start: FIRST, end: FIRST + days * DAY };
  const parts = new WindowParts<CostRow, CostFacts>({
    window,
    width,
    fetchedAt: new Date(fetchedAt),
    empty: emptyCostFacts,
    add: ({ startTime }, facts) => {
      for (let i = 0; i < rows; i++)
        facts.rows.push({ bucketStart: startTime * 1000, series: i, amount: "1", quantity: null });
      mostHeld = Math.max(mostHeld, facts.rows.length);
    },
    store: async ({ start, end, isLast, facts }) => {
      stored.push({ start, end, isLast, rows: facts.rows.length });
    },
  });
  const step = widths[width];
  const bucketAt = (start: number): Bucket<CostRow> => ({
    startTime: start / 1000,
    endTime: (start + step) / 1000,
    results: [],
    skipped: [],
  });
  const buckets = Array.from({ length: (days * DAY) / step }, (_, i) => bucketAt(FIRST + i * step));
  const takeAll = async (some = buckets) => {
    for (const bucket of some) await parts.take(bucket);
  };
  return { parts, window, stored, buckets, takeAll, mostHeld: () => mostHeld };
}

/** The parts lie side by side from the window's beginning to its end, and only the last says so. */
function expectWhole(stored: readonly Stored[], window: { start: number; end: number }) {
  expect(stored.map(({ start }) => start)).toEqual([window.start, ...stored.slice(0, -1).map(({ end }) => end)]);
  expect(stored.at(-1)?.end).toBe(window.end);
  expect(stored.map(({ isLast }) => isLast)).toEqual(stored.map((_, i) => i === stored.length - 1));
}

describe("a window", () => {
  it("of the usual size is one part", async () => {
    const { parts, takeAll, stored, window } = makeParts({ days: 31, rows: 60 });
    await takeAll();
    expect(stored, "nothing is stored while the call runs").toEqual([]);
    await parts.finish();
    expect(stored).toEqual([{ ...window, isLast: true, rows: 31 * 60 }]);
  });

  it("without any facts is stored too: it is covered, and what was there has gone", async () => {
    const { parts, takeAll, stored, window } = makeParts({ days: 31, rows: 0 });
    await takeAll();
    await parts.finish();
    expect(stored).toEqual([{ ...window, isLast: true, rows: 0 }]);
  });

  it.each([
    { name: "long", days: 180, rows: 1_000 },
    { name: "three times as long", days: 540, rows: 1_000 },
  ])("that is $name is never held in memory as a whole", async ({ days, rows }) => {
    const { parts, takeAll, stored, window, mostHeld } = makeParts({ days, rows });
    await takeAll();
    await parts.finish();
    expectWhole(stored, window);
    expect(stored.reduce((sum, part) => sum + part.rows, 0)).toBe(days * rows);
    expect(mostHeld()).toBeLessThanOrEqual(21_000);
  });

  it("by hour is cut between days, whose roll-ups are then made once", async () => {
    const { parts, takeAll, stored, window, mostHeld } = makeParts({ days: 7, width: "1h", rows: 1_000 });
    await takeAll();
    await parts.finish();
    expectWhole(stored, window);
    expect(stored).toHaveLength(7);
    expect(stored.every(({ start }) => start % DAY === 0)).toBe(true);
    expect(mostHeld()).toBe(24 * 1_000);
  });

  it("is cut within a day when the day is too large", async () => {
    const { parts, takeAll, stored, window, mostHeld } = makeParts({ days: 2, width: "1h", rows: 15_000 });
    await takeAll();
    await parts.finish();
    expectWhole(stored, window);
    expect(mostHeld()).toBeLessThanOrEqual(115_000);
  });

  it("whose page comes again is stored once", async () => {
    const { parts, takeAll, buckets, stored, window } = makeParts({ days: 30, rows: 1_000 });
    await takeAll(buckets.slice(0, 25));
    parts.restart();
    await takeAll();
    await parts.finish();
    expectWhole(stored, window);
    expect(stored.reduce((sum, part) => sum + part.rows, 0)).toBe(30 * 1_000);
  });

  it("of several pages keeps what is complete when a later page comes again", async () => {
    const { parts, takeAll, buckets, stored, window } = makeParts({ days: 30, rows: 10 });
    await takeAll(buckets.slice(0, 10));
    await parts.keep();
    parts.restart();
    await takeAll(buckets.slice(10, 15));
    parts.restart();
    await takeAll(buckets.slice(10));
    await parts.finish();
    expectWhole(stored, window);
    expect(stored.map(({ rows }) => rows)).toEqual([100, 200]);
  });

  it("that nobody waits for takes nothing more, and is closed when nothing is being stored", async () => {
    const done = Promise.withResolvers<void>();
    const { buckets, window } = makeParts({ days: 1, rows: 1 });
    const asked = { window, width: "1d", fetchedAt: new Date(FIRST) } as const;
    const store = () => done.promise;
    const parts = new WindowParts<CostRow, CostFacts>({ ...asked, empty: emptyCostFacts, add: () => {}, store });
    const finishing = parts.finish();
    let isClosed = false;
    const closing = parts.close().then(() => {
      isClosed = true;
    });
    await expect(parts.take(buckets[0] as Bucket<CostRow>)).rejects.toThrow();
    expect(isClosed).toBe(false);
    done.resolve();
    await Promise.all([finishing, closing]);
    expect(isClosed).toBe(true);
  });
});

describe("buckets with a result that cannot be read", () => {
  const reason = "amount.value is not a number";
  const spoilt = (bucket: Bucket<CostRow>): Bucket<CostRow> => ({ ...bucket, skipped: [{ index: 0, reason }] });

  it("are left out, and all others stored; the window is not complete", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { minLength: 1, maxLength: 30 }),
        async (days) => {
          const { parts, buckets, takeAll, stored, window } = makeParts({ days: 30, rows: 1_000 });
          const some = buckets.map((bucket, day) => (days.includes(day) ? spoilt(bucket) : bucket));
          await takeAll(some.slice(0, 20));
          parts.restart();
          await takeAll(some);
          expect(await parts.finish()).toBe(reason);
          const leftOut = days.map((day) => ({ start: FIRST + day * DAY, end: FIRST + (day + 1) * DAY }));
          expect(subtractRanges(window, stored)).toEqual(unionRanges(leftOut));
          expect(stored.reduce((sum, { rows }) => sum + rows, 0)).toBe((30 - days.length) * 1_000);
          expect(stored.filter(({ start, end, isLast }) => start >= end || isLast)).toEqual([]);
        },
      ),
    );
  });
});

describe("the buckets of a window", () => {
  const hourly = { days: 1, width: "1h", rows: 1 } as const;

  /** Has the buckets that `change` makes of the right ones taken and finished; gives what was stored. */
  async function received(change: (buckets: Bucket<CostRow>[]) => Bucket<CostRow>[], fetchedAt?: number) {
    const { parts, buckets, takeAll, stored } = makeParts({ ...hourly, fetchedAt });
    await takeAll(change(buckets));
    await parts.finish();
    return stored.reduce((sum, { rows }) => sum + rows, 0);
  }

  const moved = (bucket: Bucket<CostRow> | undefined, seconds: number) =>
    bucket ? [{ ...bucket, startTime: bucket.startTime + seconds }] : [];

  it.each<[string, (buckets: Bucket<CostRow>[]) => Bucket<CostRow>[]]>([
    ["none came", () => []],
    ["one is absent", (all) => all.toSpliced(2, 1)],
    ["the first one is absent", (all) => all.slice(1)],
    ["the last one is absent", (all) => all.slice(0, -1)],
    ["one came twice", (all) => all.toSpliced(2, 0, ...all.slice(2, 3))],
    ["they go back in time", (all) => all.toReversed()],
    ["one begins before the window", (all) => [...moved(all[0], -3_600), ...all]],
    ["one begins at its end", (all) => [...all, ...moved(all.at(-1), 3_600)]],
    ["one begins within an hour", (all) => all.toSpliced(2, 1, ...moved(all[2], 60))],
  ])("are a broken answer when %s", async (_name, change) => {
    await expect(received(change)).rejects.toMatchObject(broken);
  });

  it("may lack those that were not closed when they were asked for", async () => {
    const closed = 4;
    const some = (buckets: Bucket<CostRow>[]) => buckets.slice(0, closed);
    expect(await received(some, FIRST + (closed + 1) * MS_PER_HOUR - 1)).toBe(closed);
    await expect(received(some, FIRST + (closed + 1) * MS_PER_HOUR)).rejects.toMatchObject(broken);
  });

  it("that were dropped are noticed, whichever they are", async () => {
    const all = Array.from({ length: 24 }, (_, hour) => hour);
    await fc.assert(
      fc.asyncProperty(fc.subarray(all, { maxLength: 23 }), async (hours) => {
        const some = (buckets: Bucket<CostRow>[]) => buckets.filter((_, hour) => hours.includes(hour));
        await expect(received(some)).rejects.toMatchObject(broken);
      }),
    );
  });

  it("before a gap stay stored where they made a part, the others are not", async () => {
    const { parts, buckets, takeAll, stored } = makeParts({ days: 30, rows: 1_000 });
    await expect(takeAll(buckets.toSpliced(25, 1))).rejects.toMatchObject(broken);
    await parts.close();
    expect(stored).toEqual([{ start: FIRST, end: FIRST + 20 * DAY, isLast: false, rows: 20_000 }]);
  });
});
