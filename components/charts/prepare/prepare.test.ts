import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepareBarList } from "./bar-list";
import { lineGeometry, lonelyIndexes, stackGeometry } from "./geometry";
import { sparkShape } from "./spark";
import { prepareStackedDays } from "./stacked-days";
import { stackedTable } from "./table";
import { labelledIndexes, niceScale } from "./ticks";
import { tooltipRows } from "./tooltip-rows";
import type { StackedDaysInput } from "./types";
import { isolateSeries, toggleSeries } from "./visibility";

const days = ["2026-03-01", "2026-03-02", "2026-03-03"];
const none: ReadonlySet<string> = new Set();
const input = (overrides: Partial<StackedDaysInput> = {}): StackedDaysInput => ({
  days,
  members: [
    { key: "project:a", label: "A" },
    { key: "project:b", label: "B" },
    { key: "none", label: "Unattributed", kind: "unattributed" },
  ],
  values: [
    ["0.1", null, "0.2"],
    ["5", null, "-1"],
    ["0", null, "0.0000000000000000001"],
  ],
  otherLabel: "Other",
  ...overrides,
});

describe("prepareStackedDays", () => {
  it("orders by total, keeps the unattributed last and sums exactly", () => {
    const chart = prepareStackedDays(input());
    expect(chart.series.map((series) => series.label)).toEqual(["B", "A", "Unattributed"]);
    expect(chart.totals).toEqual(["5.1", null, "-0.7999999999999999999"]);
    expect(chart.total).toBe("4.3000000000000000001");
  });

  it("flags days that are drawn, and says in their tooltip why", () => {
    const marks = [
      { day: "2026-03-01", text: "A: $5 instead of $1" },
      { day: "2026-03-01", text: "B: $9 instead of $2" },
      { day: "2026-04-01", text: "not on this chart" },
    ];
    const chart = prepareStackedDays(input({ marks }));
    expect([...chart.marks.keys()]).toEqual(["2026-03-01"]);
    expect(tooltipRows(chart, 0, none)?.marks.map(({ text }) => text)).toEqual([
      "A: $5 instead of $1",
      "B: $9 instead of $2",
    ]);
    expect(tooltipRows(chart, 1, none)?.marks).toEqual([]);
  });

  it("a day of which nothing is known is a gap, a day of zeros is not", () => {
    const chart = prepareStackedDays(input({ values: [["0", null, "0"], [], []] }));
    expect(chart.totals).toEqual(["0", null, "0"]);
    expect(chart.isEmpty).toBe(false);
    expect(prepareStackedDays(input({ values: [] })).isEmpty).toBe(true);
  });

  it("members over the maximum join the server's Other, and no cent is lost", () => {
    const members = Array.from({ length: 12 }, (_, index) => ({ key: `project:${index}`, label: `P${index}` }));
    const chart = prepareStackedDays({
      days: ["2026-03-01"],
      members: [...members, { key: "other", label: "Everything else", kind: "other" }],
      values: [...members.map((_, index) => [`${index + 1}.01`]), ["0.5"]],
      otherLabel: "Other",
    });
    expect(chart.series).toHaveLength(9);
    expect(chart.series.at(-1)).toMatchObject({ label: "Everything else", kind: "other", total: "10.54" });
    expect(chart.total).toBe("78.62");
  });

  it("the total is the sum of what went in, whatever the shape", () => {
    const cents = fc.option(fc.integer({ min: -10_000, max: 10_000 }), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.array(cents, { maxLength: 5 }), { maxLength: 14 }), (matrix) => {
        const chart = prepareStackedDays({
          days: ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"],
          members: matrix.map((_, index) => ({ key: `k${index}`, label: `${index}` })),
          values: matrix.map((row) => row.map((value) => (value === null ? null : (value / 100).toFixed(2)))),
          otherLabel: "Other",
        });
        const known = matrix.flat().filter((value) => value !== null);
        const expected = known.reduce((sum, value) => sum + value, 0);
        expect(chart.total === null ? null : Math.round(Number(chart.total) * 100) + 0).toBe(
          known.length > 0 ? expected + 0 : null,
        );
      }),
    );
  });
});

describe("geometry", () => {
  it("puts credits below zero and marks gaps", () => {
    const { points, scale } = stackGeometry(prepareStackedDays(input()), none);
    expect(scale.min).toBeLessThanOrEqual(-1);
    expect(scale.max).toBeGreaterThanOrEqual(5.1);
    expect(points.map(({ isGap }) => isGap)).toEqual([false, true, false]);
    expect(points[1]?.s0).toBeNull();
  });

  it("scales to what is visible", () => {
    const chart = prepareStackedDays(input());
    expect(stackGeometry(chart, new Set(["project:b"])).scale.max).toBeLessThan(1);
    expect(lineGeometry(chart, none).scale.max).toBe(6);
  });

  it("gives a dot to a day between gaps", () => {
    expect([...lonelyIndexes(["1", null, "2", null, "3", "4"])]).toEqual([0, 2]);
  });
});

describe("niceScale", () => {
  it.each([
    [0, 0, [0, 1]],
    [0, 9.3, [0, 2.5, 5, 7.5, 10]],
    [0, 0.3, [0, 0.1, 0.2, 0.3]],
    [-30, 100, [-50, 0, 50, 100]],
    [0, 4, [0, 1, 2, 3, 4]],
    [-2, 100, [0, 50, 100]],
  ])("from %s to %s", (low, high, ticks) => {
    expect(niceScale(low, high).ticks).toEqual(ticks);
  });

  it("always holds the values, with at most seven ticks", () => {
    const amount = fc.double({ min: -1e9, max: 1e9, noNaN: true }).filter((value) => Math.abs(value) > 1e-9);
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const { min, max, ticks } = niceScale(Math.min(a, b), Math.max(a, b));
        const slack = 1e-9 * Math.max(Math.abs(a), Math.abs(b));
        expect(min).toBeLessThanOrEqual(Math.min(a, b, 0) + slack);
        expect(max).toBeGreaterThanOrEqual(Math.max(a, b, 0) - slack);
        expect(ticks.length).toBeLessThanOrEqual(7);
      }),
    );
  });

  it("labels thin out evenly and keep the newest", () => {
    expect(labelledIndexes(10, 4)).toEqual([0, 3, 6, 9]);
    expect(labelledIndexes(3, 8)).toEqual([0, 1, 2]);
    expect(labelledIndexes(0, 8)).toEqual([]);
  });
});

describe("tooltipRows", () => {
  it("gives total, share and change of the visible series", () => {
    const chart = prepareStackedDays(
      input({
        values: [
          ["1", "2", "4"],
          ["3", "6", "0"],
          [null, null, null],
        ],
        openDays: ["2026-03-03"],
      }),
    );
    const second = tooltipRows(chart, 1, none);
    expect(second).toMatchObject({ total: "8", change: { kind: "up", ratio: 1 } });
    expect(second?.rows.map((row) => [row.label, row.share])).toEqual([
      ["B", 0.75],
      ["A", 0.25],
    ]);
    expect(tooltipRows(chart, 1, new Set(["project:b"]))).toMatchObject({ total: "2" });
  });

  it("the compared period is of all series, so it goes when one is hidden", () => {
    const chart = prepareStackedDays(input({ previous: { label: "Before", values: ["7", null, "9"] } }));
    expect(tooltipRows(chart, 0, none)?.previous).toEqual({ label: "Before", value: "7" });
    expect(stackGeometry(chart, none).points.map((point) => point.previous)).toEqual([7, null, 9]);
    expect(tooltipRows(chart, 0, new Set(["project:a"]))?.previous).toBeNull();
    expect(stackGeometry(chart, new Set(["project:a"])).points[0]?.previous).toBeNull();
  });

  it("an open day claims no change, a gap no total, and a foreign index nothing", () => {
    const chart = prepareStackedDays(input({ openDays: ["2026-03-03"] }));
    expect(tooltipRows(chart, 1, none)).toMatchObject({ isGap: true, total: null, rows: [] });
    expect(tooltipRows(chart, 2, none)?.change).toEqual({ kind: "unknown" });
    expect(tooltipRows(chart, 9, none)).toBeNull();
  });
});

describe("legend", () => {
  const all = ["a", "b", "c"];
  it("toggles, and hiding the last brings all back", () => {
    expect([...toggleSeries(none, "a", all)]).toEqual(["a"]);
    expect([...toggleSeries(new Set(["a"]), "a", all)]).toEqual([]);
    expect([...toggleSeries(new Set(["a", "b"]), "c", all)]).toEqual([]);
  });

  it("isolates, and isolating the lone one brings all back", () => {
    expect([...isolateSeries(none, "b", all)]).toEqual(["a", "c"]);
    expect([...isolateSeries(new Set(["a", "c"]), "b", all)]).toEqual([]);
    expect([...isolateSeries(new Set(["b"]), "b", all)]).toEqual(["a", "c"]);
  });
});

it("the table holds the exact figures and leaves gaps empty", () => {
  const table = stackedTable(prepareStackedDays(input()), { day: "Day", total: "Total" });
  expect(table.columns.map((column) => column.label)).toEqual(["Day", "B", "A", "Unattributed", "Total"]);
  expect(table.rows[1]).toEqual(["2026-03-02", null, null, null, null]);
  expect(table.rows[2]?.at(-1)).toBe("-0.7999999999999999999");
});

it("a bar list draws credits and unknown without a bar, and a little something as something", () => {
  const rows = prepareBarList([
    { key: "a", label: "A", value: "1000" },
    { key: "b", label: "B", value: "0.01" },
    { key: "c", label: "C", value: "-5" },
    { key: "d", label: "D", value: null },
  ]);
  expect(rows.map((row) => row.widthPercent)).toEqual([100, 1, 0, 0]);
  expect(rows[3]?.share).toBeNull();
});

it("a spark line is interrupted by unknown days and needs two known ones", () => {
  const shape = sparkShape(["1", "2", null, "4", null, "1", "0"], { width: 60, height: 20 });
  expect(shape?.line.match(/M/g)).toHaveLength(3);
  expect(shape?.dots).toHaveLength(2);
  expect(sparkShape(["1", null], { width: 60, height: 20 })).toBeNull();
});
