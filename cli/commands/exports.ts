import { openOrg } from "@/cli/access";
import { defineCommand } from "@/cli/command";
import { renderTable } from "@/cli/output/table";
import type { ExportRunEntry, ScheduleEntry } from "@/server/exports/schema";

type Options = { org: string };

export const exportsList = defineCommand<Options>({
  name: "exports list",
  summary: "Downloads and scheduled runs, newest first; export --since takes their ids",
  define: (command) => command.requiredOption("--org <slug>", "organization of Tollkeeper"),

  prepare: (options) => async () => {
    const { listRuns } = await import("@/server/exports/schedules/runs");
    const access = await openOrg(options.org);
    const rows = await access.inScope(listRuns);
    return { json: { rows: rows.map(runToJson) }, text: rows.length === 0 ? "Nothing was exported." : toTable(rows) };
  },
});

const runToJson = (run: ExportRunEntry) => ({
  id: run.id,
  schedule_id: run.scheduleId,
  name: run.name,
  parameters: run.search,
  from: run.from,
  to: run.to,
  state: run.state,
  error: run.errorCode,
  requested_by: run.requestedBy,
  requested_at: run.requestedAt,
  finished_at: run.finishedAt,
  location: run.location,
  file_name: run.written?.fileName ?? null,
  rows: run.written?.rows ?? null,
  bytes: run.written?.bytes ?? null,
});

const toTable = (runs: readonly ExportRunEntry[]) =>
  renderTable(
    [{ title: "id" }, { title: "at" }, { title: "what" }, { title: "from" }, { title: "to" }, { title: "state" }],
    runs.map(({ id, requestedAt, name, search, from, to, state, errorCode }) => [
      id,
      requestedAt,
      name ?? search,
      from,
      to,
      errorCode ? `${state}: ${errorCode}` : state,
    ]),
  );

export const exportsSchedules = defineCommand<Options>({
  name: "exports schedules",
  summary: "Scheduled exports, and when each is made next",
  define: (command) => command.requiredOption("--org <slug>", "organization of Tollkeeper"),

  prepare: (options) => async () => {
    const { listSchedules } = await import("@/server/exports/schedules/schedules");
    const access = await openOrg(options.org);
    const schedules = await access.inScope(listSchedules);
    return {
      json: { rows: schedules.map(scheduleToJson) },
      text: schedules.length === 0 ? "Nothing is scheduled." : schedulesTable(schedules),
    };
  },
});

const scheduleToJson = ({ id, name, search, frequency, nextAt, target }: ScheduleEntry) => ({
  id,
  name,
  parameters: search,
  frequency,
  next_at: nextAt,
  target: target.kind,
});

const schedulesTable = (schedules: readonly ScheduleEntry[]) =>
  renderTable(
    [{ title: "id" }, { title: "name" }, { title: "what" }, { title: "how often" }, { title: "next" }],
    schedules.map(({ id, name, search, frequency, nextAt }) => [id, name, search, frequency, nextAt ?? "paused"]),
  );

export const exportsRun = defineCommand<Options>({
  name: "exports run",
  summary: "Make a scheduled export now; the worker delivers it",
  define: (command) =>
    command.argument("<schedule>", "its id").requiredOption("--org <slug>", "organization of Tollkeeper"),

  prepare: async (options, _standard, [id]) => {
    const { ScheduleRef } = await import("@/server/exports/schema");
    const { scheduleId } = ScheduleRef.parse({ scheduleId: id });
    return async () => {
      const { runScheduleNow } = await import("@/server/exports/schedules/sweep");
      const access = await openOrg(options.org);
      const { exportId } = await access.inScope((scope) => runScheduleNow(scope, scheduleId));
      return { json: { export_id: exportId }, text: `On its way: ${exportId}.` };
    };
  },
});
