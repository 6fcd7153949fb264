import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, processCommand, processIdentity } from "../process-identity.mjs";

/**
 * What the server writes about itself into its data directory; the lines are documented in PostgreSQL's pidfile.h.
 * @param {string} data
 * @returns {{ pid: number, port: number, isReady: boolean } | undefined}
 */
export function readPostmaster(data) {
  let lines;
  try {
    lines = fs.readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return undefined;
  }
  return { pid: Number(lines[0]), port: Number(lines[3]), isReady: lines[7]?.trim() === "ready" };
}

/**
 * The server that runs on the data directory. A leftover file of one that died is removed if its process id belongs to
 * another program by now: PostgreSQL would refuse to start because of it, and that program must not get our signals.
 */
export function runningPostmaster(data) {
  const found = readPostmaster(data);
  if (!found || !processIdentity(found.pid)) return undefined;
  const command = processCommand(found.pid);
  // Servers are started with the real path: several names may lead to one directory.
  if (command.includes(`postgres -D ${fs.realpathSync(data)} `)) return found;
  // Where we cannot see what it is, PostgreSQL itself decides.
  if (command !== "") fs.rmSync(path.join(data, "postmaster.pid"), { force: true });
  return undefined;
}

/**
 * Stops a server that is not (or no longer) our child: open transactions are rolled back, the data is left consistent.
 * @param {number} pid
 * @param {{ immediate?: boolean }} [options] immediate: no checkpoint, for data that is thrown away
 */
export async function stopPostmaster(pid, { immediate = false } = {}) {
  const identity = processIdentity(pid);
  const isGone = () => processIdentity(pid) !== identity || identity === undefined;
  for (const [signal, patienceMs] of immediate
    ? [["SIGQUIT", 10_000]]
    : [
        ["SIGINT", 60_000],
        ["SIGQUIT", 10_000],
      ]) {
    if (isGone()) return;
    process.kill(pid, signal);
    for (const until = Date.now() + patienceMs; Date.now() < until && !isGone(); ) await sleep(20);
  }
  if (!isGone() && isAlive(pid)) process.kill(pid, "SIGKILL");
}
