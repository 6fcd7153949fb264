import { describe, expect, it } from "vitest";
import { combinedState, groupStreams, shownState } from "./stream-groups";
import type { RunState, RunStreamProgress } from "@/server/sync/schema";

const stream = (name: string, windowsDone: number, windowsTotal: number): RunStreamProgress => ({
  name,
  state: "running",
  windowsTotal,
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

describe("groupStreams", () => {
  it("adds up lists of the same purpose and leaves out what a run does not fetch", () => {
    const groups = groupStreams([
      stream("usage.images", 1, 3),
      stream("costs.user", 1, 2),
      stream("usage.completions", 4, 9),
    ]);
    expect(groups.map(({ name, windowsDone, windowsTotal }) => [name, windowsDone, windowsTotal])).toEqual([
      ["costs", 1, 2],
      ["usage", 5, 12],
    ]);
  });
});

describe("combinedState", () => {
  it.each<[RunState[], RunState]>([
    [["queued", "queued"], "queued"],
    [["queued", "succeeded"], "running"],
    [["running", "failed"], "running"],
    [["failed", "failed"], "failed"],
    [["failed", "succeeded"], "partial"],
    [["succeeded", "cancelled"], "cancelled"],
    [["succeeded", "succeeded"], "succeeded"],
  ])("%j -> %s", (states, state) => expect(combinedState(states)).toBe(state));
});

describe("shownState", () => {
  it("calls a list done that has all its windows, and none that still has to learn how many there are", () => {
    expect(shownState(stream("costs.user", 3, 3))).toBe("succeeded");
    expect(shownState(stream("costs.user", 2, 3))).toBe("running");
    expect(shownState(stream("directory.users", 0, 0))).toBe("running");
    expect(shownState({ ...stream("costs.user", 3, 3), state: "failed" })).toBe("failed");
  });
});
