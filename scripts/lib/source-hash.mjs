import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** What a build of the web application does not depend on. Anything new at the top level counts until it is named here. */
const unrelated = new Set(
  "node_modules bench cli coverage docs e2e playwright-report sandbox scripts test-results workers prisma/migrations server/testing server/db/generated".split(
    " ",
  ),
);
const unrelatedFile = /\.(test\.[cm]?[jt]sx?|md|tsbuildinfo)$|^(next-env\.d\.ts|LICENSE)$/;

/**
 * A hash over the content of everything a build depends on. The generated database client is covered by prisma/schema.prisma.
 * @param {string} root
 */
export function sourceHash(root) {
  const hash = createHash("sha256");
  for (const file of sourceFiles(root)) {
    hash
      .update(`${file}\0`)
      .update(fs.readFileSync(path.join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** @returns {string[]} paths relative to the root, sorted */
export function sourceFiles(root, folder = "") {
  return fs
    .readdirSync(path.join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.posix.join(folder, entry.name);
      const isHidden = entry.name.startsWith(".");
      if (entry.isDirectory()) return isHidden || unrelated.has(file) ? [] : sourceFiles(root, file);
      return isHidden || unrelatedFile.test(entry.name) ? [] : [file];
    });
}
