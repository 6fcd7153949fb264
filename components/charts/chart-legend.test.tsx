import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { useState } from "react";
import { afterEach, beforeEach, expect, it } from "vitest";
import messages from "@/messages/en.json";
import { ChartLegend } from "./chart-legend";
import { prepareStackedDays } from "./prepare/stacked-days";

const chart = prepareStackedDays({
  days: ["2026-03-01"],
  members: ["a", "b", "c"].map((key) => ({ key, label: key.toUpperCase(), href: `/p/${key}` })),
  values: [["3"], ["2"], ["1"]],
  otherLabel: "Other",
});

function Legend() {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  return <ChartLegend series={chart.series} hidden={hidden} onHiddenChange={setHidden} unit="usd" />;
}

const shown = () =>
  screen
    .getAllByRole("button")
    .filter((button) => button.getAttribute("aria-pressed") === "true")
    .map((button) => button.textContent?.[0]);
const entry = (name: string) => screen.getByRole("button", { name: new RegExp(`^${name}`) });

afterEach(cleanup);
beforeEach(() => {
  render(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <Legend />
    </NextIntlClientProvider>,
  );
});

it("a press hides and shows a series", () => {
  fireEvent.click(entry("B"));
  expect(shown()).toEqual(["A", "C"]);
  fireEvent.click(entry("B"));
  expect(shown()).toEqual(["A", "B", "C"]);
});

it("a shift-press leaves one alone, and again brings all back", () => {
  fireEvent.click(entry("B"), { shiftKey: true });
  expect(shown()).toEqual(["B"]);
  fireEvent.click(entry("B"), { shiftKey: true });
  expect(shown()).toEqual(["A", "B", "C"]);
});

it("shift-enter does the same from the keyboard", () => {
  fireEvent.keyDown(entry("C"), { key: "Enter", shiftKey: true });
  expect(shown()).toEqual(["C"]);
});

it("each entry leads to its own view", () => {
  expect(screen.getByRole("link", { name: "Open A" })).toHaveAttribute("href", "/p/a");
});
