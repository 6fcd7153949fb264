import { readFile, stat } from "node:fs/promises";
import { RefusedFile } from "@/server/imports/refusal";

/** The text of a file that is no list: none of those that are known is large. @throws RefusedFile */
export async function readWholeFile(path: string, { maxBytes }: { maxBytes: number }): Promise<string> {
  if ((await stat(path)).size > maxBytes) throw new RefusedFile("not_usage");
  return (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
}
