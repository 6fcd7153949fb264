import { spawn } from "node:child_process";
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { knownCause, UserError } from "../errors.mjs";
import { freePort, isPortFree } from "../ports.mjs";
import { postgresAccount } from "./account.mjs";
import { readPostmaster } from "./postmaster.mjs";

const settings = [
  "max_connections=200",
  "shared_buffers=256MB",
  // As much as a day of a large organization, so that whoever stores it does not wait for the disk before it commits.
  "wal_buffers=32MB",
  "timezone=UTC",
  "log_timezone=UTC",
  // TCP on loopback only: a socket would need a directory short enough for its name, and writable by the account.
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
];
/** Nothing is kept, so nothing has to survive a power cut. */
const ephemeralSettings = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"];

const logLimitBytes = 10_000_000;

/**
 * Starts the server and waits until it accepts connections.
 * @param {{ postgres: string, data: string, lastPort?: number, ephemeral: boolean }} options
 * @returns {Promise<{ pid: number, port: number, ended: Promise<void> }>}
 */
export async function launchServer(options) {
  let failure = "";
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    const port = attempt === 1 ? await preferredPort(options.lastPort) : await freePort();
    const result = await launchOnce(options, port);
    if ("pid" in result) return result;
    failure = result.failure;
    // Someone was faster to take the port, or processes of a killed server are still ending.
    if (!/could not bind|Address already in use|pre-existing shared memory/.test(failure)) break;
    await sleep(500);
  }
  throw new UserError(`PostgreSQL did not start. ${knownCause(failure) ?? ""}\n${failure}`);
}

async function launchOnce({ postgres, data, ephemeral }, port) {
  const log = openLog(`${data}.log`);
  const args = [...settings, ...(ephemeral ? ephemeralSettings : [])].flatMap((setting) => ["-c", setting]);
  const child = spawn(postgres, ["-D", fs.realpathSync(data), "-p", String(port), ...args], {
    ...postgresAccount(),
    cwd: data,
    // A session of its own: Ctrl-C must not reach it before the programs that use it have finished.
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
    env: { PATH: process.env.PATH, LC_ALL: "C" },
  });
  fs.closeSync(log.fd);
  child.unref();
  const kill = () => child.kill(ephemeral ? "SIGQUIT" : "SIGINT");
  process.once("exit", kill);
  let hasEnded = false;
  const ended = new Promise((resolve) => {
    child.once("error", resolve);
    child.once("exit", resolve);
  }).then(() => {
    hasEnded = true;
    process.off("exit", kill);
  });
  while (!hasEnded) {
    const postmaster = readPostmaster(data);
    if (postmaster?.pid === child.pid && postmaster.isReady) return { pid: child.pid, port, ended };
    await sleep(15);
  }
  return { failure: log.since() };
}

async function preferredPort(lastPort) {
  return lastPort && (await isPortFree(lastPort)) ? lastPort : freePort();
}

function openLog(file) {
  if (fs.statSync(file, { throwIfNoEntry: false })?.size > logLimitBytes) fs.truncateSync(file);
  const fd = fs.openSync(file, "a", 0o600);
  const start = fs.fstatSync(fd).size;
  return { fd, since: () => fs.readFileSync(file).subarray(start).toString().trim() };
}
