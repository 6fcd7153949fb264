// Imported files of growing size: the time of each step, and memory, which must not grow with the file.
import { type ExportKind, writeExport } from "@/bench/imports/files";
import type { ImportCost } from "@/bench/imports/run-import";
import { startDatabase, temporaryDirectory } from "@/bench/lib/database";
import { atMost, printTable, report, round } from "@/bench/lib/report";
import { makeConnection, makeOrg } from "@/bench/lib/tenant";
import { runAsWorker } from "@/bench/lib/worker-process";
import { runMain } from "../scripts/lib/run-main.mjs";

const LIMIT_MB = 400;
const SIZES_MB = [1, 10, 100];
const KINDS: readonly ExportKind[] = ["json", "csv"];

await runMain(async ({ defer }) => {
  await startDatabase(defer);
  const dir = temporaryDirectory(defer);
  const rows = [];
  for (const kind of KINDS)
    for (const megabytes of SIZES_MB) {
      const written = await writeExport(dir, kind, megabytes);
      const cost = await importOnce(written.file);
      if (cost.rows !== written.rows) throw new Error(`${cost.rows} of ${written.rows} rows were imported`);
      rows.push({
        file: `${kind}, ${megabytes} MB`,
        rows: cost.rows,
        "read s": round(cost.stageMs / 1000),
        "preview s": round(cost.previewMs / 1000),
        "commit s": round(cost.commitMs / 1000),
        "undo s": round(cost.undoMs / 1000),
        "rows/s": Math.round(cost.rows / ((cost.stageMs + cost.commitMs) / 1000)),
        "peak MB": Math.round(cost.peakRssMb),
      });
    }
  printTable("Imported files, each into a new organization", rows);
  return report(
    "imports",
    rows.map((row) => atMost(`peak MB, ${row.file}`, row["peak MB"], LIMIT_MB)),
    { rows },
  );
});

/** In a process of its own with the worker's heap, whose peak is the import's alone. */
async function importOnce(file: string): Promise<ImportCost> {
  const access = await makeOrg(`Import ${file}`.slice(-60));
  await makeConnection(access);
  return runAsWorker("bench/imports/run-import.ts", [access.org.id, file]);
}
