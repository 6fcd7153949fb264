import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { prepareStackedDays } from "@/components/charts/prepare/stacked-days";
import type { StackedDaysInput } from "@/components/charts/prepare/types";
import { LineView } from "@/components/charts/views/line-view";
import { ShareView } from "@/components/charts/views/share-view";
import { StackedBarView } from "@/components/charts/views/stacked-bar-view";
import messages from "@/messages/en.json";

/** Of every element: jsdom has no layout, and the library takes "100%" for as many pixels. */
const size = { x: 0, y: 0, top: 0, left: 0, right: 100, bottom: 100, width: 100, height: 100, toJSON: () => ({}) };
const members = ["a", "b"].map((key) => ({ key, label: key.toUpperCase() }));
const days = ["2026-03-01", "2026-03-02", "2026-03-03"] as const;
const values = [
  ["3", null, "-1"],
  ["2", null, "4"],
];
const mark = { day: "2026-03-03", text: "B is high" } as const;

type View = typeof StackedBarView;

const viewOf = (View: View, input: Partial<StackedDaysInput> = {}) => (
  <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
    <View
      chart={prepareStackedDays({ days, members, values, otherLabel: "Other", ...input })}
      hidden={new Set()}
      unit="usd"
      granularity="day"
    />
  </NextIntlClientProvider>
);

const hatchedOf = (container: HTMLElement) =>
  container.querySelector('path[fill^="url(#"]')?.getAttribute("d")?.match(/M/g)?.length ?? 0;
const zeroLinesIn = (container: HTMLElement) =>
  container.querySelectorAll('g > line[stroke="var(--border-strong)"]').length;

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(size);
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(size.width);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(size.height);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it.each([
  ["bars", StackedBarView],
  ["shares", ShareView],
])("in %s, a day of which nothing is known is hatched, the others are not", (_, View) => {
  const { container } = render(viewOf(View));
  expect(hatchedOf(container)).toBe(1);
  expect(hatchedOf(render(viewOf(View, { values: [["3", "1", "1"]], members: members.slice(0, 1) })).container)).toBe(
    0,
  );
});

it("days that come with an answer are drawn in their places only", () => {
  const drawn = vi.spyOn(Element.prototype, "setAttribute");
  const { container, rerender } = render(viewOf(StackedBarView));
  rerender(viewOf(StackedBarView, { days: ["2026-04-01", "2026-04-02", "2026-04-03"] }));
  expect(hatchedOf(container)).toBe(1);
  const paths = drawn.mock.calls.filter(([name]) => name === "d").map(([, path]) => path);
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => /undefined|NaN/.test(path))).toEqual([]);
});

it("credits have a line of zero, in all views of amounts", async () => {
  for (const View of [StackedBarView, LineView]) {
    const { container } = render(viewOf(View));
    await vi.waitFor(() => expect(zeroLinesIn(container)).toBe(1));
  }
});

it("without credits there is no line of zero", () => {
  const { container } = render(viewOf(StackedBarView, { members: members.slice(0, 1), values: [["3", null, "1"]] }));
  expect(container.querySelectorAll("path[d]:not([d=''])").length).toBeGreaterThan(0);
  expect(zeroLinesIn(container)).toBe(0);
});

it("a day that stands out has a flag", () => {
  const flags = (container: HTMLElement) => container.querySelectorAll('path[fill="var(--warning)"]').length;
  expect(flags(render(viewOf(StackedBarView, { marks: [mark] })).container)).toBe(1);
  expect(flags(render(viewOf(StackedBarView)).container)).toBe(0);
});

it("the figures of a day are told where the pointer is, though no bar is the library's", async () => {
  const { container } = render(viewOf(StackedBarView));
  const chart = container.querySelector(".recharts-wrapper");
  if (!chart) throw new Error("there is no chart");
  await vi.waitFor(() => {
    fireEvent.mouseMove(chart, { clientX: 62, clientY: 40 });
    expect(screen.getByText("Sun, Mar 1, 2026")).toBeVisible();
  });
  expect(screen.getByText("$5.00")).toBeVisible();
});
