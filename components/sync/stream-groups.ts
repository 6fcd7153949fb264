import type { RunState, RunStreamProgress } from "@/server/sync/schema";

export type StreamGroupName = "costs" | "usage" | "directory";

export type StreamGroup = {
  name: StreamGroupName;
  streams: RunStreamProgress[];
  state: RunState;
  windowsDone: number;
  windowsTotal: number;
};

const groupNames: readonly StreamGroupName[] = ["costs", "usage", "directory"];

/** A list that has all its windows waits only for the run to end: for a reader it is done. */
export const shownState = ({ state, windowsDone, windowsTotal }: RunStreamProgress): RunState =>
  state === "running" && windowsTotal > 0 && windowsDone >= windowsTotal ? "succeeded" : state;

/** A run's lists by what they are for, in the order in which they matter; empty groups are left out. */
export function groupStreams(streams: readonly RunStreamProgress[]): StreamGroup[] {
  return groupNames.flatMap((name) => {
    const members = streams.filter((stream) => stream.name.startsWith(`${name}.`) || stream.name === name);
    if (members.length === 0) return [];
    return {
      name,
      streams: members,
      state: combinedState(members.map(shownState)),
      windowsDone: members.reduce((sum, { windowsDone }) => sum + windowsDone, 0),
      windowsTotal: members.reduce((sum, { windowsTotal }) => sum + windowsTotal, 0),
    };
  });
}

/** One word for many: work under way first, then what went wrong, then what went well. */
export function combinedState(states: readonly RunState[]): RunState {
  const has = (state: RunState) => states.includes(state);
  const all = (state: RunState) => states.every((each) => each === state);
  if (all("queued")) return "queued";
  if (has("running") || has("queued")) return "running";
  if (all("failed")) return "failed";
  if (has("failed") || has("partial")) return "partial";
  return has("cancelled") ? "cancelled" : "succeeded";
}
