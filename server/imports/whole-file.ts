import { readFile, stat } from "node:fs/promises";
import { RefusedFile } from "@/server/imports/refusal";

const MAX_BYTES = 8 * 1024 * 1024;

/** The text of a file that is no list: none of those that are known is large. @throws RefusedFile */
export async function readWholeFile(path: string): Promise<string> {
  if ((await stat(path)).size > MAX_BYTES) throw new RefusedFile("not_usage");
  return (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
}
