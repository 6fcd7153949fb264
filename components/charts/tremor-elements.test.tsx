import { cleanup, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { afterEach, expect, it } from "vitest";
import messages from "@/messages/en.json";
import { DayTracker } from "./day-tracker";
import { UsageBar } from "./usage-bar";

afterEach(cleanup);

function show(children: ReactNode) {
  render(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      {children}
    </NextIntlClientProvider>,
  );
}

it("the tracker says how many days are complete", () => {
  show(
    <DayTracker
      label="Costs"
      days={[
        { day: "2026-03-01", state: "complete" },
        { day: "2026-03-02", state: "missing" },
      ]}
    />,
  );
  expect(screen.getByRole("img", { name: "Costs: 1 of 2 days complete" })).toBeInTheDocument();
});

it.each([
  ["120", "100", 100, "$120.00 of $100.00"],
  ["25", "100", 25, "$25.00 of $100.00"],
  [null, "100", 0, "– of $100.00"],
])("the bar of %s against %s stands at %s and says the figures", (used, limit, percent, words) => {
  show(<UsageBar label="Budget" unit="usd" used={used} limit={limit} />);
  const meter = screen.getByRole("meter", { name: "Budget" });
  expect(meter).toHaveAttribute("aria-valuenow", String(percent));
  expect(meter).toHaveAttribute("aria-valuetext", words);
});
