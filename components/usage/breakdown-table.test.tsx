import { cleanup, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, expect, it } from "vitest";
import { OrgProvider } from "@/components/orgs/org-context";
import type { OrgDetail } from "@/components/orgs/types";
import messages from "@/messages/en.json";
import type { Breakdown, BreakdownRow } from "@/server/usage/schema";
import { BreakdownTable } from "./breakdown-table";
import { UsageRangeProvider } from "./range-context";

const org: OrgDetail = {
  slug: "acme",
  name: "Acme",
  timezone: "UTC",
  role: "owner",
  permissions: [],
  requireTwoFactor: false,
  deleteAfter: null,
};
const usage = { requests: 1200, inputTokens: 5, inputCachedTokens: 0, outputTokens: 7 };
const row = (over: Partial<BreakdownRow>): BreakdownRow => ({
  key: "m",
  name: "m",
  detail: null,
  state: "active",
  kind: "model",
  amount: "1",
  previousAmount: null,
  usage,
  share: 0.5,
  ...over,
});
const rows = [
  row({ key: "ft:gpt/4o", name: "ft:gpt/4o", amount: "0.10", previousAmount: "0.05" }),
  row({ key: null, name: null, amount: "0.2000001", previousAmount: "0" }),
  row({ key: "=cmd|x", name: null, amount: null, share: null, state: "unknown" }),
];
const breakdown: Breakdown = {
  range: { from: "2026-11-01", to: "2026-11-21" },
  previousRange: { from: "2026-10-12", to: "2026-11-01" },
  totals: { amount: "0.3000001", previousAmount: "0.05", usage },
  rows,
  series: { days: [], members: [], values: [] },
  otherCurrencies: [],
  freshness: { state: "fresh", asOf: null, missing: [], problems: [], missingStreams: [], sample: "none" },
};

const show = (searchParams = "") =>
  render(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <NuqsTestingAdapter searchParams={searchParams}>
        <OrgProvider org={org}>
          <UsageRangeProvider today="2026-11-20">
            <BreakdownTable dimension="model" breakdown={breakdown} />
          </UsageRangeProvider>
        </OrgProvider>
      </NuqsTestingAdapter>
    </NextIntlClientProvider>,
  );

const cellsOf = (name: RegExp) =>
  within(screen.getByRole("row", { name }))
    .getAllByRole("cell")
    .map((cell) => cell.textContent);

afterEach(cleanup);

it("keeps the row of nobody, says what is in it, and leads to its page", () => {
  show("?range=last-7-days");
  const link = screen.getByRole("link", { name: /Unattributed/ });
  expect(link).toHaveAttribute("href", "/acme/models/unattributed?range=last-7-days");
  expect(link).toHaveTextContent(/name no model/);
});

it("an unknown amount is a mark, never a zero, and so is its change", () => {
  show();
  const cells = cellsOf(/=cmd/);
  expect(cells.slice(1, 4)).toEqual(["–Not known", "–Not known", "–Not known"]);
  expect(cells[0]).toContain("Not listed");
});

it("says how spend moved, and that something is new rather than infinitely more", () => {
  show();
  expect(cellsOf(/ft:gpt/)[2]).toBe("+100%");
  expect(cellsOf(/Unattributed/)[2]).toBe("New");
});

it("the totals row shows the server's own figure, every digit of it on hover", () => {
  show();
  expect(within(screen.getByRole("row", { name: /^Total/ })).getByTitle("$0.3000001")).toBeInTheDocument();
});

it("keys survive the way into a link", () => {
  show();
  expect(screen.getByRole("link", { name: /ft:gpt/ })).toHaveAttribute("href", "/acme/models/ft%3Agpt%2F4o");
});

it("search and order come from the address", () => {
  show("?q=ft");
  expect(screen.queryByRole("link", { name: /Unattributed/ })).toBeNull();
  cleanup();
  show("?sort=amount.asc");
  const names = screen.getAllByRole("link").map((link) => link.textContent);
  expect(names.map((name) => name?.slice(0, 5))).toEqual(["ft:gp", "Unatt", "=cmd|"]);
});
