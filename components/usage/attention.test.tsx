import { cleanup, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, expect, it } from "vitest";
import { OrgProvider } from "@/components/orgs/org-context";
import type { OrgDetail } from "@/components/orgs/types";
import messages from "@/messages/en.json";
import type { Freshness, OtherCurrency } from "@/server/usage/schema";
import { Attention } from "./attention";

const org: OrgDetail = {
  slug: "acme",
  name: "Acme",
  timezone: "UTC",
  role: "owner",
  permissions: [],
  requireTwoFactor: false,
  deleteAfter: null,
};
const fresh: Freshness = {
  state: "fresh",
  asOf: "2026-11-20T21:00:00.000Z",
  missing: [],
  problems: [],
  missingStreams: [],
  sample: "none",
};

const show = (freshness: Partial<Freshness>, otherCurrencies: OtherCurrency[] = []) =>
  render(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <OrgProvider org={org}>
        <Attention freshness={{ ...fresh, ...freshness }} otherCurrencies={otherCurrencies} />
      </OrgProvider>
    </NextIntlClientProvider>,
  );
const rows = () => screen.getAllByRole("listitem").map((row) => row.textContent);

afterEach(cleanup);

it("is not there at all when there is nothing to say", () => {
  expect(show({}).container).toBeEmptyDOMElement();
});

it("says why a connection fails and leads to it", () => {
  show({ state: "failed", problems: [{ connectionId: "c1", connectionName: "Acme", stream: null, code: "auth" }] });
  expect(rows()[0]).toMatch(/Acme can’t be synced.*no longer accepts its key/);
  expect(screen.getByRole("link")).toHaveAttribute("href", "/acme/connections/c1");
});

it("gives a reason even for a code it has never heard of", () => {
  const problem = { connectionId: "c1", connectionName: "Acme", stream: "costs.project", code: "from_the_future" };
  show({ state: "partial", problems: [problem] });
  expect(rows()[0]).toMatch(/“Costs by project, key and line item” could not be fetched\. An unexpected error/);
});

it("says once why several lists of a connection fail", () => {
  const problem = { connectionId: "c1", connectionName: "Acme", code: "permission" };
  const streams = ["usage.images", "usage.embeddings"];
  show({ state: "partial", problems: streams.map((stream) => ({ ...problem, stream })) });
  expect(rows()).toHaveLength(1);
  expect(rows()[0]).toMatch(/^Acme: “Images”, “Embeddings” could not be fetched\. The key may not read this/);
});

it("names missing days with their last day, not the day after", () => {
  show({ state: "partial", missing: [{ from: "2026-11-01", to: "2026-11-04" }] });
  expect(rows()[0]).toMatch(/^3 days of this range were never fetched \(Nov 1 – 3, 2026\)/);
});

it("says which lists lack days, when others have them", () => {
  const missingStreams = ["usage.completions", "usage.images", "usage.embeddings", "costs.user"];
  show({ state: "partial", missing: [{ from: "2026-11-01", to: "2026-11-04" }], missingStreams });
  expect(rows()[0]).toMatch(
    /^“Responses and chat”, “Images”, “Embeddings” and 1 more: 3 days of this range were never fetched/,
  );
});

it("says of a first sync that totals are of what has arrived", () => {
  show({ state: "syncing", missing: [{ from: "2026-11-01", to: "2026-11-02" }] });
  expect(rows()[0]).toMatch(/^Still being fetched: 1 day .*what has arrived so far/);
});

it("shows other currencies to the last digit and out of the totals", () => {
  show({}, [{ currency: "eur", amount: "1234.500001" }]);
  expect(rows()).toEqual(["Billed in other currencies and not part of any total: 1,234.500001 EUR"]);
});
