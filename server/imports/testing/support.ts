import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { commitImport } from "@/server/imports/commit-import";
import { createDraft, stageFile } from "@/server/imports/stage-file";
import type { TestOrg } from "@/server/testing/factories";

const samples = path.join(import.meta.dirname, "samples");

export const BY_USER = "openai-export-by-user__cost_2026-10-01_2026-10-05.json";
export const BY_PROJECT = "openai-export-by-project__Oct-1-to-5-2026(projects).json";

export const samplePath = (name: string) => path.join(samples, name);

/** A draft that holds these samples. */
export async function stageSamples(org: TestOrg, ...names: string[]): Promise<string> {
  const { importId } = await createDraft(org.access);
  for (const name of names) await stageFile(org.access, { importId, path: samplePath(name), name });
  return importId;
}

export async function importSamples(org: TestOrg, ...names: string[]): Promise<string> {
  const importId = await stageSamples(org, ...names);
  await commitImport(org.access, { importId });
  return importId;
}

/** A file for as long as `work` needs it. */
export async function withFile<T>(content: string | Uint8Array, work: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), "tollkeeper-import-"));
  const file = path.join(folder, "file");
  writeFileSync(file, content);
  return work(file).finally(() => rmSync(folder, { recursive: true }));
}

/** A draft that holds a file of this content. */
export async function stageText(org: TestOrg, content: string | Uint8Array, importId?: string): Promise<string> {
  const id = importId ?? (await createDraft(org.access)).importId;
  await withFile(content, (file) => stageFile(org.access, { importId: id, path: file, name: "file" }));
  return id;
}

/** An export of costs by project with one row a day: [day, amount]. */
export const exportOf = (rows: readonly (readonly [string, string])[], project = "proj_a") =>
  JSON.stringify({
    data: rows.map(([day, amount]) => ({
      start_time: Date.parse(day) / 1000,
      end_time: Date.parse(day) / 1000 + 86_400,
      results: [{ amount: { value: amount, currency: "usd" }, project_id: project, line_item: null }],
    })),
  });
