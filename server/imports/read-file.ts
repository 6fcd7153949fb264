import { open } from "node:fs/promises";
import { readCsvFile } from "@/server/imports/csv-file";
import type { Entry } from "@/server/imports/entries";
import { readJsonFile } from "@/server/imports/json-file";
import { readBudgetYaml } from "@/server/imports/budgets";
import { RefusedFile } from "@/server/imports/refusal";
import { readWholeFile } from "@/server/imports/whole-file";

const HEAD_BYTES = 64 * 1024;
/** Some three thousand budgets. Text that is made to take long takes less than a second. */
const MAX_YAML_BYTES = 128 * 1024;
/** Behind comments and empty lines. */
const budgetYaml = /^(?:[ \t\r]*(?:(?:#|---)[^\n]*)?\n)*(["']?)budgets\1[ \t]*:/;

/**
 * What a file holds, told by its beginning and never by its name. Constant memory, whatever its size.
 * @throws RefusedFile for what is not read, and for the first row that cannot be
 */
export async function* readFileEntries(path: string): AsyncGenerator<Entry> {
  const head = (await readHead(path)).replace(/^\uFEFF/, "");
  if (head.trim() === "") throw new RefusedFile("no_days");
  if (head.includes("\0")) throw new RefusedFile("not_usage");
  if (/^\s*[{[]/.test(head)) yield* readJsonFile(path, head);
  else if (budgetYaml.test(head)) yield* readBudgetYaml(await readWholeFile(path, { maxBytes: MAX_YAML_BYTES }));
  else {
    refuseRoles(head);
    yield* readCsvFile(path);
  }
}

async function readHead(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead).toString("utf8");
  } finally {
    await file.close();
  }
}

/** Lists of roles are written in YAML. */
function refuseRoles(head: string) {
  if (/^roles\s*:/m.test(head) || /^-\s*role_name\s*:/m.test(head)) throw new RefusedFile("holds_roles");
}
