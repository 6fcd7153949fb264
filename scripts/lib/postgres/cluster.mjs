import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { knownCause, UserError } from "../errors.mjs";
import { giveToPostgres, postgresAccount } from "./account.mjs";

/** @typedef {{ password: string, port?: number, owner?: import("../lock.mjs").Holder }} ClusterState */

/** The file beside the data directory that keeps the password, the last port and who started the server. */
const stateFile = (data) => `${data}.json`;

/** @returns {ClusterState | undefined} */
export function readState(data) {
  if (!fs.existsSync(stateFile(data))) return undefined;
  return JSON.parse(fs.readFileSync(stateFile(data), "utf8"));
}

/** @param {string} data @param {ClusterState} state */
export function writeState(data, state) {
  const unfinished = `${stateFile(data)}.${process.pid}`;
  fs.writeFileSync(unfinished, JSON.stringify(state), { mode: 0o600 });
  fs.renameSync(unfinished, stateFile(data));
}

/**
 * The cluster's state; creates the cluster if the directory has none.
 * @param {string} data
 * @param {{ initdb: string, major: number }} programs
 * @returns {Promise<ClusterState>}
 */
export async function ensureCluster(data, programs) {
  if (!fs.existsSync(data)) return createCluster(data, programs);
  assertSameMajor(data, programs.major);
  const state = readState(data);
  if (!state) throw new UserError(`The database in ${data} is there, but ${stateFile(data)} with its password is not.`);
  return state;
}

/** Created under another name and renamed when complete, so that an interrupted attempt never looks like a database. */
async function createCluster(data, { initdb }) {
  const state = { password: randomBytes(24).toString("base64url") };
  const unfinished = `${data}.new`;
  const passwordFile = `${data}.password`;
  fs.rmSync(unfinished, { recursive: true, force: true });
  fs.mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  giveToPostgres(unfinished);
  writeState(data, state);
  fs.writeFileSync(passwordFile, state.password, { mode: 0o600 });
  giveToPostgres(passwordFile);
  try {
    await runInitdb(initdb, ["-D", unfinished, `--pwfile=${passwordFile}`]);
    fs.renameSync(unfinished, data);
  } finally {
    fs.rmSync(passwordFile, { force: true });
    fs.rmSync(unfinished, { recursive: true, force: true });
  }
  return state;
}

function runInitdb(initdb, args) {
  // The built-in locale provider is the same everywhere; --no-sync because a half-written cluster is never used.
  const fixed = ["-U", "postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"];
  const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const child = spawn(initdb, [...args, ...fixed, ...locale], {
    ...postgresAccount(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  let stderr = "";
  child.stderr.on("data", (text) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("exit", kill);
      if (code === 0) return resolve();
      reject(new UserError(`The database could not be created. ${knownCause(stderr) ?? ""}\n${stderr.trim()}`));
    });
  });
}

function assertSameMajor(data, major) {
  const found = Number.parseInt(fs.readFileSync(path.join(data, "PG_VERSION"), "utf8"), 10);
  if (found === major) return;
  throw new UserError(
    `The database in ${data} was made by PostgreSQL ${found}; this version of Tollkeeper brings PostgreSQL ${major}. ` +
      "Export it with the former version and import it into a new one.",
  );
}
