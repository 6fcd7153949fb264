import fs from "node:fs";
import path from "node:path";
import { fromRoot, root } from "../paths.mjs";
import { outputOf } from "./run.mjs";

const notOurs = new Set(["node_modules", ".git", ".next", ".tollkeeper", "generated", "test-results", "coverage"]);

/** Paths under version control, from the checkout; without git (a downloaded archive), what is there but for what is made. */
export async function trackedFiles() {
  const { code, stdout } = await outputOf("git", ["ls-files", "-z"]).catch(() => ({ code: 1, stdout: "" }));
  const names = code === 0 ? stdout.split("\0").filter(Boolean) : walk("");
  return names.filter((name) => fs.existsSync(fromRoot(name)));
}

function walk(dir) {
  return fs.readdirSync(path.join(root, dir), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(dir, entry.name);
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : walk(name);
    return [name];
  });
}
