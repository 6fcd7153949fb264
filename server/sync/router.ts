import { demandStillAllowed } from "@/server/auth/demand-still-allowed";
import { cancelRun } from "@/server/sync/cancel-run";
import { listRuns } from "@/server/sync/list-runs";
import { ListRunsInput, RunRef, StartSyncInput } from "@/server/sync/schema";
import { startRun } from "@/server/sync/start-run";
import { watchRuns } from "@/server/sync/watch-runs";
import { orgAccessProcedure, orgProcedure, router } from "@/server/trpc/procedures";

export const syncRouter = router({
  start: orgProcedure("sync:run")
    .input(StartSyncInput)
    .mutation(async ({ ctx, input }) => {
      const { runId } = await startRun(ctx.scope, { ...input, trigger: "user" });
      return { runId };
    }),

  cancel: orgProcedure("sync:run")
    .input(RunRef)
    .mutation(({ ctx, input }) => cancelRun(ctx.scope, input.runId)),

  runs: orgProcedure("connections:read")
    .input(ListRunsInput)
    .query(({ ctx, input }) => listRuns(ctx.scope, input)),

  progress: orgAccessProcedure("connections:read").subscription(({ ctx, input, signal }) =>
    watchRuns(ctx.access, { signal, demand: () => demandStillAllowed(ctx, input.org, "connections:read") }),
  ),
});
