import { describe, expect, it } from "vitest";
import { combinedPercent, hasMoved, hasRecentCosts, percentDone } from "./run-changes";
import type { RunProgress, RunStreamProgress } from "@/server/sync/schema";

const stream = (name: string, windowsDone: number): RunStreamProgress => ({
  name,
  state: "running",
  windowsTotal: 10,
  windowsDone,
  calls: 0,
  rowsSeen: 0,
  rowsWritten: 0,
  rowsChanged: 0,
  rowsRemoved: 0,
  seconds: null,
  errorCode: null,
  errorMessage: null,
});

const run = (changes: Partial<RunProgress> = {}): RunProgress => ({
  id: "r1",
  connectionId: "c1",
  kind: "backfill",
  trigger: "user",
  state: "running",
  createdAt: "2026-11-01T00:00:00Z",
  startedAt: null,
  finishedAt: null,
  cancelRequestedAt: null,
  windowsTotal: 100,
  windowsDone: 10,
  calls: 0,
  rowsWritten: 0,
  secondsLeft: null,
  streams: [stream("costs.project", 0), stream("usage.completions", 3)],
  ...changes,
});

describe("hasMoved", () => {
  it("sees a run begin and end", () => {
    expect(hasMoved([], [run()])).toBe(true);
    expect(hasMoved([run()], [])).toBe(true);
    expect(hasMoved([run()], [run({ id: "r2" })])).toBe(true);
    expect(hasMoved([run({ state: "queued" })], [run()])).toBe(true);
  });

  it("asks again once in a quarter of the work, not with every window", () => {
    expect(hasMoved([run({ windowsDone: 10 })], [run({ windowsDone: 24 })])).toBe(false);
    expect(hasMoved([run({ windowsDone: 24 })], [run({ windowsDone: 25 })])).toBe(true);
  });

  it("asks again when the first costs arrive", () => {
    expect(hasMoved([run()], [run({ streams: [stream("costs.project", 1)] })])).toBe(true);
  });
});

describe("hasRecentCosts", () => {
  it("waits for a window of the list that totals come from", () => {
    expect(hasRecentCosts(run())).toBe(false);
    expect(hasRecentCosts(run({ streams: [stream("costs.project", 0), stream("costs.user", 1)] }))).toBe(false);
    expect(hasRecentCosts(run({ streams: [stream("costs.project", 1)] }))).toBe(true);
  });
});

describe("percentDone", () => {
  it("knows nothing while the size of the work is unknown", () => {
    expect(percentDone({ windowsDone: 0, windowsTotal: 0 })).toBeNull();
  });

  it("says a hundred only when all is done", () => {
    expect(percentDone({ windowsDone: 999, windowsTotal: 1000 })).toBe(99);
    expect(percentDone({ windowsDone: 1000, windowsTotal: 1000 })).toBe(100);
  });

  it("weighs several runs by their size", () => {
    expect(combinedPercent([run(), run({ id: "r2", windowsTotal: 300, windowsDone: 300 })])).toBe(77);
    expect(combinedPercent([])).toBeNull();
  });
});
