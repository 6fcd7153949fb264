import { previewChanges } from "@/server/exports/changes/preview-changes";
import { RunRef, ScheduleChange, ScheduleInput, ScheduleRef } from "@/server/exports/schema";
import { listRuns } from "@/server/exports/schedules/runs";
import {
  createSchedule,
  deleteSchedule,
  listSchedules,
  setSchedulePaused,
  updateSchedule,
} from "@/server/exports/schedules/schedules";
import { runScheduleNow } from "@/server/exports/schedules/sweep";
import { orgProcedure, router } from "@/server/trpc/procedures";

// Files go by routes of their own (api/orgs/[org]/exports): tRPC carries no streams.
export const exportsRouter = router({
  /** Downloads and scheduled runs, newest first. */
  history: orgProcedure("usage:read").query(({ ctx }) => listRuns(ctx.scope)),

  /** What was restated since one of them. */
  changes: orgProcedure("usage:read")
    .input(RunRef)
    .query(({ ctx, input }) => previewChanges(ctx.scope, input.exportId)),

  schedules: orgProcedure("exports:write").query(({ ctx }) => listSchedules(ctx.scope)),

  createSchedule: orgProcedure("exports:write")
    .input(ScheduleInput)
    .mutation(({ ctx, input }) => createSchedule(ctx.scope, input)),

  updateSchedule: orgProcedure("exports:write")
    .input(ScheduleChange)
    .mutation(({ ctx, input }) => updateSchedule(ctx.scope, input.scheduleId, input)),

  pauseSchedule: orgProcedure("exports:write")
    .input(ScheduleRef)
    .mutation(({ ctx, input }) => setSchedulePaused(ctx.scope, input.scheduleId, true)),

  resumeSchedule: orgProcedure("exports:write")
    .input(ScheduleRef)
    .mutation(({ ctx, input }) => setSchedulePaused(ctx.scope, input.scheduleId, false)),

  deleteSchedule: orgProcedure("exports:write")
    .input(ScheduleRef)
    .mutation(({ ctx, input }) => deleteSchedule(ctx.scope, input.scheduleId)),

  runSchedule: orgProcedure("exports:write")
    .input(ScheduleRef)
    .mutation(({ ctx, input }) => runScheduleNow(ctx.scope, input.scheduleId)),
});
