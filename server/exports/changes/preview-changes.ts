import type { OrgScope } from "@/server/auth/scope";
import { changesTable } from "@/server/exports/changes/changes-table";
import type { ExportManifest } from "@/server/exports/manifest";
import type { ChangesPreview } from "@/server/exports/schema";
import { findRun } from "@/server/exports/schedules/runs";
import { toUtcDay } from "@/server/lib/time";

const SHOWN = 200;

/** The first of the changes since an export, and the days that it could not know yet. @throws as changesTable */
export async function previewChanges(scope: OrgScope, runId: string): Promise<ChangesPreview> {
  const run = await findRun(scope, runId);
  const range = { from: toUtcDay(run.fromDay), to: toUtcDay(run.toDay) };
  const { table } = await changesTable(scope, runId, range);
  const rows: ChangesPreview["rows"] = [];
  let count = 0;
  for await (const page of table.pages) {
    count += page.length;
    for (const cells of page.slice(0, SHOWN - rows.length)) {
      rows.push(Object.fromEntries(table.columns.map(({ name }, i) => [name, cells[i] as string | null])));
    }
  }
  const { missing = [] } = (run.manifest ?? {}) as Partial<ExportManifest>;
  return { exportId: runId, ...range, takenAt: run.takenAt?.toISOString() ?? "", count, rows, missingThen: missing };
}
