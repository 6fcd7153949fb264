import { describe, expect, it } from "vitest";
import { judgeCoverage } from "@/server/usage/freshness";
import type { StreamStatus } from "@/server/usage/freshness.sql";

const now = new Date("2026-10-20T15:30:00Z");
const range = { from: "2026-10-18", to: "2026-10-21" };

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
  coveredDays: ["2026-10-18", "2026-10-19"],
  ...overrides,
});

const stateOf = (...statuses: StreamStatus[]) => judgeCoverage(statuses, range, now).freshness.state;

describe("the state of the figures", () => {
  it.each([
    ["empty without a connection", "empty", []],
    ["empty before the first sync", "empty", [status({ syncedThrough: null, coveredDays: [] })]],
    ["syncing during the first one", "syncing", [status({ syncedThrough: null, coveredDays: [], isSyncing: true })]],
    ["fresh right after a sync", "fresh", [status()]],
    ["syncing while a run is under way", "syncing", [status({ isSyncing: true })]],
    ["stale an hour later", "stale", [status({ syncedThrough: new Date("2026-10-20T14:00:00Z") })]],
    ["partial when days are missing", "partial", [status({ coveredDays: ["2026-10-19"] })]],
    ["partial when the list fails", "partial", [status({ state: "failing", errorCode: "transient" })]],
    ["partial when one of two connections is broken", "partial", [status(), status({ connectionStatus: "broken" })]],
    ["failed when all are", "failed", [status({ connectionStatus: "broken", statusReason: "auth" })]],
    [
      "failed when the key never worked",
      "failed",
      [status({ connectionStatus: "broken", syncedThrough: null, coveredDays: [] })],
    ],
  ] as const)("is %s", (_name, state, statuses) => expect(stateOf(...statuses)).toBe(state));

  it("is as of the connection that is furthest behind", () => {
    const behind = new Date("2026-10-20T15:00:00Z");
    expect(judgeCoverage([status(), status({ syncedThrough: behind })], range, now).freshness.asOf).toBe(
      behind.toISOString(),
    );
  });

  it("does not wait for a connection that was deleted, but counts what it brought", () => {
    const deleted = status({
      connectionStatus: "deleted",
      syncedThrough: new Date("2026-10-18T23:00:00Z"),
      coveredDays: ["2026-10-18"],
    });
    expect(stateOf(status(), deleted)).toBe("fresh");
    expect(judgeCoverage([status({ coveredDays: ["2026-10-19"] }), deleted], range, now).isKnown("2026-10-18")).toBe(
      true,
    );
  });

  it("names the days that were not fetched, joined to ranges, and never the future", () => {
    const { freshness } = judgeCoverage(
      [status({ coveredDays: ["2026-10-12"] })],
      { from: "2026-10-10", to: "2026-11-01" },
      now,
    );
    expect(freshness.missing).toEqual([
      { from: "2026-10-10", to: "2026-10-12" },
      { from: "2026-10-13", to: "2026-10-20" },
    ]);
  });

  it("says why, and where", () => {
    const { freshness } = judgeCoverage(
      [
        status({ connectionStatus: "broken", statusReason: "auth" }),
        status({ connectionId: "c2", state: "forbidden", errorCode: "permission" }),
      ],
      range,
      now,
    );
    expect(freshness.problems).toEqual([
      { connectionId: "c1", connectionName: "Acme", stream: null, code: "auth" },
      { connectionId: "c2", connectionName: "Acme", stream: "costs.project", code: "permission" },
    ]);
  });
});

describe("a day's figure is known", () => {
  const { isKnown } = judgeCoverage([status()], range, now);
  it("when its bucket was closed and fetched", () => expect(isKnown("2026-10-19")).toBe(true));
  it("so far, when it is today and today was asked for", () => expect(isKnown("2026-10-20")).toBe(true));
  it("not when it was never fetched or is still to come", () =>
    expect([isKnown("2026-10-17"), isKnown("2026-10-21")]).toEqual([false, false]));
  it("not today, when the last sync was yesterday", () => {
    expect(
      judgeCoverage([status({ syncedThrough: new Date("2026-10-19T23:59:00Z") })], range, now).isKnown("2026-10-20"),
    ).toBe(false);
  });
});
