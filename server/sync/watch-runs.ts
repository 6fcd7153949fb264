import { setTimeout as sleep } from "node:timers/promises";
import type { OrgAccess } from "@/server/auth/scope";
import { getRun, listActiveRuns } from "@/server/sync/list-runs";
import type { RunProgress } from "@/server/sync/schema";

const LOOK_EVERY_MS = 1_000;
const IDLE_LOOK_EVERY_MS = 4_000;

/** How soon somebody who was removed or signed out sees nothing more of a page that stayed open. */
const DEMAND_EVERY_MS = 10_000;

export type Watching = {
  signal: AbortSignal | undefined;
  /** Asked now and then, since the answer goes on for hours. @throws when the watcher may no longer look */
  demand: () => Promise<void>;
  demandEveryMs?: number;
};

/**
 * Yields the unfinished runs of an org whenever something about them moved, and each run once more when it has
 * finished; [] when nothing runs. Ends when `signal` fires or `demand` throws. Every look is a short transaction of its own.
 */
export async function* watchRuns(
  access: OrgAccess,
  { signal, demand, demandEveryMs = DEMAND_EVERY_MS }: Watching,
): AsyncGenerator<RunProgress[]> {
  let demandedAt = Date.now();
  let previous: RunProgress[] = [];
  let shown: string | undefined;
  while (!signal?.aborted) {
    if (Date.now() - demandedAt >= demandEveryMs) {
      await demand();
      demandedAt = Date.now();
    }
    const runs = await access.inScope(async (scope) => {
      const active = await listActiveRuns(scope);
      const ended = previous.filter((run) => !active.some(({ id }) => id === run.id) && run.finishedAt === null);
      const last = await Promise.all(ended.map((run) => getRun(scope, run.id)));
      return [...active, ...last.filter((run) => run !== null)];
    });
    const text = JSON.stringify(
      runs.map(({ secondsLeft: _, streams, ...run }) => [
        run,
        streams.map(({ seconds: _seconds, ...stream }) => stream),
      ]),
    );
    if (text !== shown) yield runs;
    shown = text;
    previous = runs;
    await sleep(runs.length > 0 ? LOOK_EVERY_MS : IDLE_LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
  }
}
