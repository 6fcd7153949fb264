// Imports a file and takes it back in a process of its own; prints what it took. Arguments: org id, file.
import path from "node:path";
import { timed } from "@/bench/lib/statistics";
import { accessAsSystem } from "@/server/auth/scope";
import { closeDatabase } from "@/server/db/client";
import { commitImport } from "@/server/imports/commit-import";
import { previewImport } from "@/server/imports/preview-import";
import { createDraft, stageFile } from "@/server/imports/stage-file";
import { undoImport } from "@/server/imports/undo-import";

/** Milliseconds of each step, rows as the preview counts them, and the peak of the process' memory since its start. */
export type ImportCost = {
  rows: number;
  stageMs: number;
  previewMs: number;
  commitMs: number;
  undoMs: number;
  peakRssMb: number;
};

const [orgId = "", file = ""] = process.argv.slice(2);
const access = await accessAsSystem({ id: orgId }, { type: "operator" });
const { importId } = await createDraft(access);
const staged = await timed(() => stageFile(access, { importId, path: file, name: path.basename(file) }));
const preview = await timed(() => previewImport(access, { importId }));
const commit = await timed(() => commitImport(access, { importId }));
const undo = await timed(() => undoImport(access, importId));
await closeDatabase();
const cost: ImportCost = {
  rows: staged.value.rows,
  stageMs: staged.ms,
  previewMs: preview.ms,
  commitMs: commit.ms,
  undoMs: undo.ms,
  peakRssMb: (process.resourceUsage().maxRSS * 1024) / 1e6,
};
console.log(JSON.stringify(cost));
