import type { RunProgress } from "@/server/sync/schema";

/** How much of the costs has to be there before figures are asked for again, so that a long run costs few queries. */
const REFRESH_STEPS = 4;

/**
 * Whether figures may have changed between two looks at the runs under way: one began or ended, its first recent
 * costs arrived, or it got a quarter further.
 */
export function hasMoved(before: readonly RunProgress[], after: readonly RunProgress[]): boolean {
  if (before.length !== after.length) return true;
  return after.some((run) => {
    const earlier = before.find(({ id }) => id === run.id);
    return (
      !earlier ||
      earlier.state !== run.state ||
      hasRecentCosts(earlier) !== hasRecentCosts(run) ||
      quarter(earlier) !== quarter(run)
    );
  });
}

const quarter = ({ windowsDone, windowsTotal }: RunProgress) =>
  windowsTotal === 0 ? 0 : Math.floor((windowsDone / windowsTotal) * REFRESH_STEPS);

/** Windows are fetched newest first: after the first one of the finest costs list, spend of recent days can be shown. */
export const hasRecentCosts = (run: RunProgress) =>
  run.streams.some(({ name, windowsDone }) => name === "costs.project" && windowsDone > 0);

/** Share of the work that is done, 0..100; null while its size is not known. */
export const percentDone = ({ windowsDone, windowsTotal }: { windowsDone: number; windowsTotal: number }) =>
  windowsTotal === 0 ? null : Math.min(100, Math.floor((windowsDone / windowsTotal) * 100));

/** One figure for several runs. */
export const combinedPercent = (runs: readonly RunProgress[]) =>
  percentDone({
    windowsDone: runs.reduce((sum, run) => sum + run.windowsDone, 0),
    windowsTotal: runs.reduce((sum, run) => sum + run.windowsTotal, 0),
  });
