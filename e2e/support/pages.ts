import fs from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../app/(app)", import.meta.url));

export type Shown = { org: string; connectionId: string };

/** Every page that asks for a session, from the folders that the pages are in: a new one is walked from its first day. */
export const signedInPages = (shown: Shown): string[] =>
  fs
    .globSync("**/page.tsx", { cwd: folder })
    .map((file) => pathOf(file, shown))
    .toSorted();

/** Those of the organization. */
export const orgPages = (shown: Shown): string[] =>
  signedInPages(shown).filter((path) => path.split("/")[1] === shown.org);

function pathOf(file: string, { org, connectionId }: Shown): string {
  const folders = file.split("/").slice(0, -1);
  const isOfConnection = folders.includes("connections") || folders.includes("welcome");
  const parts = folders
    .filter((name) => !name.startsWith("("))
    .map((name) => {
      if (name === "[org]") return org;
      if (name === "[id]") return isOfConnection ? connectionId : "unattributed";
      if (name.startsWith("[")) throw new Error(`What stands for ${name} in ${file}?`);
      return name;
    });
  return `/${parts.join("/")}`;
}
