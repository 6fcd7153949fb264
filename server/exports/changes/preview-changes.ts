import type { OrgScope } from "@/server/auth/scope";
import { restatedTable } from "@/server/exports/changes/changes-table";
import type { ChangesPreview } from "@/server/exports/schema";
import { findRun } from "@/server/exports/schedules/runs";
import { toUtcDay } from "@/server/lib/time";

const SHOWN = 200;

/** The first of what was restated since an export, and what its file tells whole. @throws as changesTable */
export async function previewChanges(scope: OrgScope, runId: string): Promise<ChangesPreview> {
  const run = await findRun(scope, runId);
  const range = { from: toUtcDay(run.fromDay), to: toUtcDay(run.toDay) };
  const { columns, pages, whole, newConnections } = await restatedTable(scope, runId, range);
  const rows: ChangesPreview["rows"] = [];
  let count = 0;
  for await (const page of pages) {
    count += page.length;
    for (const cells of page.slice(0, SHOWN - rows.length)) {
      rows.push(Object.fromEntries(columns.map(({ name }, i) => [name, cells[i] as string | null])));
    }
  }
  const takenAt = run.takenAt?.toISOString() ?? "";
  return { exportId: runId, ...range, takenAt, count, rows, wholeDays: whole, newConnections };
}
