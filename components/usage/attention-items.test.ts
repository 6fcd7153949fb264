import { describe, expect, it } from "vitest";
import type { Freshness } from "@/server/usage/schema";
import { attentionItems, daysOf } from "./attention-items";

const fresh: Freshness = {
  state: "fresh",
  asOf: "2026-11-20T21:00:00.000Z",
  missing: [],
  problems: [],
  missingStreams: [],
  sample: "none",
};
const missing = [
  { from: "2026-11-01", to: "2026-11-03" },
  { from: "2026-11-10", to: "2026-11-11" },
];
const broken = { connectionId: "c1", connectionName: "Acme", stream: null, code: "auth" };
const kinds = (freshness: Partial<Freshness>, currencies: { currency: string; amount: string }[] = []) =>
  attentionItems({ ...fresh, ...freshness }, currencies).map(({ kind }) => kind);

describe("attentionItems", () => {
  it("is silent when all is well, and about an ordinary sync", () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ state: "syncing" })).toEqual([]);
  });

  it("tells missing days from days that are on their way", () => {
    expect(attentionItems({ ...fresh, state: "partial", missing }, [])).toEqual([
      { kind: "missing", days: 3, missing, streams: [] },
    ]);
    expect(kinds({ state: "syncing", missing })).toEqual(["arriving"]);
  });

  it("names no missing days where nothing has arrived at all: the page says that itself", () => {
    expect(kinds({ state: "empty", asOf: null, missing })).toEqual([]);
  });

  it("puts what is gravest first and lets a failing connection explain the age of the figures", () => {
    const stream = { ...broken, stream: "costs.project", code: "permission" };
    expect(kinds({ state: "partial", problems: [stream, broken], missing })).toEqual([
      "connection",
      "stream",
      "missing",
    ]);
    expect(kinds({ state: "stale", problems: [broken] })).toEqual(["connection"]);
    expect(kinds({ state: "stale" })).toEqual(["stale"]);
  });

  it("mentions other currencies only where there is money in them", () => {
    expect(kinds({}, [{ currency: "eur", amount: "0.00" }])).toEqual([]);
    expect(kinds({}, [{ currency: "eur", amount: "-0.01" }])).toEqual(["currencies"]);
  });
});

it("days of ranges are counted with `to` left out, across a change of the clocks", () => {
  expect(daysOf([{ from: "2026-03-28", to: "2026-03-30" }])).toBe(2);
});
