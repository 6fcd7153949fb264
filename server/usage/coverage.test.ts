import { describe, expect, it } from "vitest";
import { judgeCoverage } from "@/server/usage/coverage";
import type { StreamStatus } from "@/server/usage/freshness.sql";
import { knownAmounts, knownCounts } from "@/server/usage/known-figures";
import { usageEndpoints } from "@/server/usage/measures";

const now = new Date("2026-10-20T15:30:00Z");
const range = { from: "2026-10-18", to: "2026-10-21" };
const previousRange = { from: "2026-10-15", to: "2026-10-18" };

const status = (overrides: Partial<StreamStatus> = {}): StreamStatus => ({
  connectionId: "c1",
  connectionName: "Acme",
  connectionStatus: "active",
  statusReason: null,
  isSample: false,
  isSyncing: false,
  stream: "costs.project",
  state: "ok",
  errorCode: null,
  syncedThrough: new Date("2026-10-20T15:20:00Z"),
  covered: [{ from: "2026-10-18", to: "2026-10-20" }],
  ...overrides,
});

const costsOf = (...statuses: StreamStatus[]) => judgeCoverage(statuses, range, now).costs["costs.project"];

describe("a day's figure is known", () => {
  const { day } = costsOf(status());
  it("when its bucket was closed and fetched", () => expect(day("2026-10-19")).toBe(true));
  it("so far, when it is today and today was asked for", () => expect(day("2026-10-20")).toBe(true));
  it("not when it was never fetched or is still to come", () =>
    expect([day("2026-10-17"), day("2026-10-21")]).toEqual([false, false]));
  it("not today, when the last sync was yesterday", () =>
    expect(costsOf(status({ syncedThrough: new Date("2026-10-19T23:59:00Z") })).day("2026-10-20")).toBe(false));
  it("from a deleted connection too", () => {
    const deleted = status({ connectionId: "c2", connectionStatus: "deleted" });
    expect(costsOf(status({ covered: [] }), deleted).day("2026-10-18")).toBe(true);
  });
  it("of spend by user from its own list, unless the organization has none", () => {
    const byUser = (users: Partial<StreamStatus>) =>
      judgeCoverage(
        [status(), status({ stream: "costs.user", covered: [], syncedThrough: null, ...users })],
        range,
        now,
      ).costs["costs.user"];
    expect(byUser({}).day("2026-10-18")).toBe(false);
    expect(byUser({ state: "unsupported" }).day("2026-10-18")).toBe(true);
  });
});

describe("an amount", () => {
  const amounts = (covered: StreamStatus["covered"], ...others: StreamStatus[]) =>
    knownAmounts(costsOf(status({ covered, syncedThrough: null }), ...others), { range, previousRange })(undefined);

  it("that no row has is zero where days were fetched, and unknown where none was", () => {
    expect(amounts([{ from: "2026-10-19", to: "2026-10-20" }])).toEqual({ amount: "0", previousAmount: null });
    expect(amounts([])).toEqual({ amount: null, previousAmount: null });
  });

  it("is compared with a period of which every day was fetched, by every living connection", () => {
    const found = { amount: "7", previousAmount: "3" };
    const compared = (...statuses: StreamStatus[]) =>
      knownAmounts(costsOf(...statuses), { range, previousRange })(found);
    const all = [{ from: "2026-10-15", to: "2026-10-20" }];
    const most = [{ from: "2026-10-16", to: "2026-10-20" }];
    expect(compared(status({ covered: all })).previousAmount).toBe("3");
    expect(compared(status({ covered: most })).previousAmount).toBeNull();
    expect(compared(status({ covered: all }), status({ connectionId: "c2", covered: most })).previousAmount).toBeNull();
    const deleted = status({ connectionId: "c3", connectionStatus: "deleted", covered: [] });
    expect(compared(status({ covered: all }), deleted).previousAmount).toBe("3");
  });
});

describe("counts", () => {
  const zero = { requests: 0, inputTokens: 0, inputCachedTokens: 0, outputTokens: 0 };
  const unfetched = { covered: [], syncedThrough: null };
  const told = (failing: readonly string[], sums = zero) =>
    knownCounts(
      sums,
      judgeCoverage(
        usageEndpoints.map((name) => status({ stream: `usage.${name}`, ...(failing.includes(name) && unfetched) })),
        range,
        now,
      ).counts,
    );

  it("of which nothing was found are zero where all lists were fetched", () => expect(told([])).toEqual(zero));

  it("are unknown, not zero, without the list that has them", () => {
    const sums = { ...zero, requests: 12, inputTokens: 500 };
    expect(told(["completions"], sums)).toEqual({
      requests: 12,
      inputTokens: 500,
      inputCachedTokens: null,
      outputTokens: null,
    });
    expect(told(["images"])).toEqual({ ...zero, requests: null });
  });
});
