import { describe, expect, it } from "vitest";
import { judgeFreshness } from "@/server/usage/freshness";
import type { StreamStatus } from "@/server/usage/freshness.sql";

const now = new Date("2026-10-20T15:30:00Z");
const range = { from: "2026-10-18", to: "2026-10-21" };

const days = (from: string, to: string) => [{ from, to }];

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
  covered: days("2026-10-18", "2026-10-20"),
  ...overrides,
});

const stateOf = (...statuses: StreamStatus[]) => judgeFreshness(statuses, range, now).state;

describe("the state of the figures", () => {
  it.each([
    ["empty without a connection", "empty", []],
    ["empty before the first sync", "empty", [status({ syncedThrough: null, covered: [] })]],
    ["syncing during the first one", "syncing", [status({ syncedThrough: null, covered: [], isSyncing: true })]],
    ["fresh right after a sync", "fresh", [status()]],
    ["syncing while a run is under way", "syncing", [status({ isSyncing: true })]],
    ["stale an hour later", "stale", [status({ syncedThrough: new Date("2026-10-20T14:00:00Z") })]],
    ["partial when days are missing", "partial", [status({ covered: days("2026-10-19", "2026-10-20") })]],
    ["partial when the list fails", "partial", [status({ state: "failing", errorCode: "transient" })]],
    ["partial when one of two connections is broken", "partial", [status(), status({ connectionStatus: "broken" })]],
    ["failed when all are", "failed", [status({ connectionStatus: "broken", statusReason: "auth" })]],
    [
      "failed when the key never worked",
      "failed",
      [status({ connectionStatus: "broken", syncedThrough: null, covered: [] })],
    ],
  ] as const)("is %s", (_name, state, statuses) => expect(stateOf(...statuses)).toBe(state));

  it("is as of the connection that is furthest behind", () => {
    const behind = new Date("2026-10-20T15:00:00Z");
    expect(judgeFreshness([status(), status({ syncedThrough: behind })], range, now).asOf).toBe(behind.toISOString());
  });

  it("does not wait for a connection that was deleted", () => {
    const syncedThrough = new Date("2026-10-18T23:00:00Z");
    const deleted = status({ connectionStatus: "deleted", syncedThrough, covered: days("2026-10-18", "2026-10-19") });
    expect(stateOf(status(), deleted)).toBe("fresh");
  });

  it("depends on every list behind the page", () => {
    const users = { stream: "costs.user" };
    expect(stateOf(status(), status(users))).toBe("fresh");
    expect(stateOf(status(), status({ ...users, state: "failing", errorCode: "transient" }))).toBe("partial");
    expect(stateOf(status(), status({ ...users, syncedThrough: null, covered: [] }))).toBe("partial");
  });

  it("does not wait for a list that the organization does not have", () => {
    const missing: Partial<StreamStatus> = { state: "unsupported", syncedThrough: null, covered: [] };
    const { state, problems } = judgeFreshness([status(), status({ stream: "costs.user", ...missing })], range, now);
    expect({ state, problems }).toEqual({ state: "fresh", problems: [] });
  });

  it("names the days that were not fetched, joined to ranges, and never the future", () => {
    const covered = days("2026-10-12", "2026-10-13");
    const asked = { from: "2026-10-10", to: "2026-11-01" };
    expect(judgeFreshness([status({ covered })], asked, now)).toMatchObject({
      missing: [
        { from: "2026-10-10", to: "2026-10-12" },
        { from: "2026-10-13", to: "2026-10-20" },
      ],
      missingStreams: [],
    });
  });

  it("names the lists that lack days when others have them", () => {
    const behind = status({ stream: "usage.images", covered: days("2026-10-19", "2026-10-20") });
    expect(judgeFreshness([status(), behind, status({ stream: "usage.embeddings" })], range, now)).toMatchObject({
      state: "partial",
      missing: [{ from: "2026-10-18", to: "2026-10-19" }],
      missingStreams: ["usage.images"],
    });
  });

  it("says whether all or some of the figures are invented, a deleted sample's among them", () => {
    const sample = status({ connectionId: "s", isSample: true, connectionStatus: "deleted" });
    const sampleOf = (...statuses: StreamStatus[]) => judgeFreshness(statuses, range, now).sample;
    expect([sampleOf(status()), sampleOf(sample), sampleOf(status(), sample)]).toEqual(["none", "all", "some"]);
  });

  it("says why, and where: of a connection once, of its lists each", () => {
    const broken = { connectionStatus: "broken", statusReason: "auth" } as const;
    const { problems } = judgeFreshness(
      [
        status(broken),
        status({ ...broken, stream: "costs.user" }),
        status({ connectionId: "c2", state: "forbidden", errorCode: "permission" }),
      ],
      range,
      now,
    );
    expect(problems).toEqual([
      { connectionId: "c1", connectionName: "Acme", stream: null, code: "auth" },
      { connectionId: "c2", connectionName: "Acme", stream: "costs.project", code: "permission" },
    ]);
  });
});
