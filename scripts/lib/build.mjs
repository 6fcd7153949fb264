import fs from "node:fs";
import path from "node:path";
import { assertRoom } from "./disk.mjs";
import { UserError } from "./errors.mjs";
import { acquireLock, lockHolder, withLock } from "./lock.mjs";
import { fromRoot, packages, root } from "./paths.mjs";
import { runNode } from "./processes.mjs";
import { sourceHash } from "./source-hash.mjs";

const stamp = fromRoot(".next/made-from");
/** Outside .next, which a build empties. */
const buildLock = fromRoot("node_modules/.tollkeeper-build.lock");
const servingDir = fromRoot("node_modules/.tollkeeper-serving");

/**
 * Builds the web application unless the present build is of the present sources.
 * @param {{ env: NodeJS.ProcessEnv, log: (message: string) => void, onLine?: (line: string) => void }} options
 */
export async function buildIfNeeded({ env, log, onLine }) {
  if (builtFrom() === sourceHash(root)) return;
  await withLock(buildLock, async () => {
    const wanted = sourceHash(root);
    if (builtFrom() === wanted) return;
    assertNobodyServes();
    assertRoom(root, { megabytes: 500, what: "The build of the web application" });
    log("Building the web application (half a minute or more) …");
    fs.rmSync(stamp, { force: true });
    const buildEnv = { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    await runNode([packages.next, "build"], { what: "The build of the web application", env: buildEnv, onLine });
    // What changed during the build may or may not be in it: such a build counts as outdated next time.
    if (sourceHash(root) === wanted) fs.writeFileSync(stamp, wanted);
  });
}

/**
 * Says that this process serves the present build, so that no other one replaces it meanwhile.
 * @returns {() => void} to call when it no longer does
 */
export function markAsServing() {
  try {
    return acquireLock(path.join(servingDir, `${process.pid}.lock`)).release;
  } catch (error) {
    // Whoever may not write here cannot build either: an installation prepared by somebody else.
    if (error.code === "EACCES" || error.code === "EROFS") return () => {};
    throw error;
  }
}

function builtFrom() {
  return fs.existsSync(stamp) ? fs.readFileSync(stamp, "utf8") : undefined;
}

/** A running web server reads its files from .next: replacing them breaks its pages. */
function assertNobodyServes() {
  if (!fs.existsSync(servingDir)) return;
  for (const file of fs.readdirSync(servingDir)) {
    const holder = lockHolder(path.join(servingDir, file));
    if (!holder) {
      fs.rmSync(path.join(servingDir, file), { force: true });
    } else if (holder.pid !== process.pid) {
      throw new UserError(
        `The sources have changed and need a new build, but process ${holder.pid} serves the present one. ` +
          `Stop it first (Ctrl-C in its terminal, or kill ${holder.pid}).`,
      );
    }
  }
}
