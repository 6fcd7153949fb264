import { openOrg } from "@/cli/access";
import { dayArgument, dayRange } from "@/cli/arguments";
import { type CommandContext, defineCommand, UsageError } from "@/cli/command";
import { chooseConnections } from "@/cli/choose-connections";
import { progressOf, queuedRuns, type SyncedRun, syncedRuns } from "@/cli/output/sync-report";
import type { OrgAccess } from "@/server/auth/scope";
import { addUtcDays, parseUtcDay, toUtcDay } from "@/server/lib/time";
import type { StartRun } from "@/server/sync/start-run";

const kinds = ["backfill", "trailing", "recent", "directory"] as const;
type Kind = (typeof kinds)[number];

type Options = {
  org: string;
  connection?: string;
  kind: string;
  from?: string;
  to?: string;
  refetch?: boolean;
  wait?: boolean;
};

export const sync = defineCommand<Options>({
  name: "sync",
  summary: "Fetch what is missing or may have changed",
  define: (command) =>
    command
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .option("--connection <id or name>", "only this connection; all that are not paused by default")
      .option("--kind <kind>", `${kinds.join(", ")}: how much to look at`, "backfill")
      .option("--from <day>", "first UTC day, instead of the connection's back-fill depth", dayArgument)
      .option("--to <day>", "UTC day after the last one; tomorrow by default", dayArgument)
      .option("--refetch", "fetch the whole range again, also what is stored")
      .option("--wait", "sync in this process and show the result, instead of leaving it to the worker"),

  prepare: (options) => {
    const run = runOf(options);
    return async (context) => {
      const access = await openOrg(options.org);
      const chosen = await chooseConnections(access, options.connection);
      for (const { name } of chosen.paused) context.note(`${name} is paused and left out.`);
      const synced: SyncedRun[] = [];
      for (const connection of chosen.wanted) {
        const input = { ...run, connectionId: connection.id };
        synced.push({
          connection,
          run: options.wait ? await wait(access, input, context) : await queue(access, input),
        });
      }
      return options.wait ? syncedRuns(synced) : queuedRuns(synced);
    };
  },
});

type Run = Omit<StartRun, "connectionId">;

function runOf({ kind, from, to, refetch }: Options): Run {
  const known = kinds.find((candidate): candidate is Kind => candidate === kind);
  if (!known) throw new UsageError(`--kind is one of ${kinds.join(", ")}.`);
  const run = { kind: known, trigger: "cli", isRefetch: refetch ?? false } as const;
  if (from === undefined && to === undefined) return run;
  if (known === "directory") throw new UsageError("The directory has no days: leave out --from and --to.");
  if (from === undefined) throw new UsageError("Give --from as well.");
  const range = dayRange(from, to ?? addUtcDays(toUtcDay(new Date()), 1));
  return { ...run, requested: { from: parseUtcDay(range.from), to: parseUtcDay(range.to) } };
}

async function wait(access: OrgAccess, input: StartRun, context: CommandContext) {
  const { runInline } = await import("@/server/sync/run-inline");
  const { env } = await import("@/server/env");
  const stop = new AbortController();
  let isFinished = false;
  const running = runInline(access, input, {
    concurrency: env().SYNC_CONCURRENCY,
    signal: stop.signal,
    onProgress: (run) => context.progress(progressOf(run)),
  });
  // A run that is cut off is cancelled properly, so that nothing waits for its lease to expire.
  context.onStop(async () => {
    if (isFinished) return;
    context.note("Stopping the sync; what was fetched stays …");
    stop.abort();
    await running.catch(() => {});
  });
  return running.finally(() => {
    isFinished = true;
  });
}

async function queue(access: OrgAccess, input: StartRun) {
  const { startRun } = await import("@/server/sync/start-run");
  const { getRun } = await import("@/server/sync/list-runs");
  const { closeQueues } = await import("@/server/jobs/enqueue");
  const { runId } = await access.inScope((scope) => startRun(scope, input));
  await closeQueues();
  const run = await access.inScope((scope) => getRun(scope, runId));
  if (!run) throw new Error("the run is gone");
  return run;
}
