import fs from "node:fs";
import path from "node:path";
import { UserError } from "./errors.mjs";
import { currentHolder, isHolderAlive, withLock } from "./lock.mjs";
import { placeForPostgres } from "./postgres/account.mjs";
import { findPostgres } from "./postgres/binaries.mjs";
import { ensureCluster, readState, writeState } from "./postgres/cluster.mjs";
import { runningPostmaster, stopPostmaster } from "./postgres/postmaster.mjs";
import { launchServer } from "./postgres/server.mjs";

/**
 * @typedef {object} Postgres
 * @property {string} url of the database, as its owner
 * @property {() => Promise<void>} stop does nothing where the server was started by another process
 * @property {Promise<void>} ended settles when the server is gone, wanted or not
 * @property {boolean} isReused whether another process started it
 */

/**
 * Starts the built-in PostgreSQL, or joins the one that another Tollkeeper process runs on the same directory. A server whose
 * starter died is stopped properly and started anew. Call `stop` in the end: the server is not a part of this process's group.
 *
 * @param {object} options
 * @param {string} options.dir for the data; `<dir>.json` beside it keeps the password (0600), `<dir>.log` the server's log
 * @param {boolean} [options.ephemeral] fast and forgetful: no fsync, and `stop` removes the directory
 * @param {string} [options.database] created if missing
 * @param {boolean} [options.exclusive] fail instead of joining a running server
 * @param {(message: string) => void} [options.log]
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ dir, log = () => {}, ...options }) {
  const wanted = path.resolve(dir);
  const data = placeForPostgres(wanted, "postgres");
  if (data !== wanted) log(`The database is kept in ${data}: its account may not enter ${path.dirname(wanted)}.`);
  fs.mkdirSync(path.dirname(data), { recursive: true });
  return withLock(`${data}.lock`, () =>
    joinOrStart(data, { ephemeral: false, database: "tollkeeper", log, ...options }),
  );
}

async function joinOrStart(data, { ephemeral, database, exclusive, log }) {
  const joined = await joinOrStopRunning(data, { exclusive, log });
  if (joined)
    return { url: urlOf(joined, database), stop: async () => {}, ended: new Promise(() => {}), isReused: true };

  const programs = findPostgres();
  const state = await ensureCluster(data, programs);
  const server = await launchServer({ postgres: programs.postgres, data, lastPort: state.port, ephemeral });
  const current = { ...state, port: server.port, owner: currentHolder() };
  writeState(data, current);
  await createDatabase(current, database);
  return {
    url: urlOf(current, database),
    ended: server.ended,
    isReused: false,
    stop: async () => {
      await stopPostmaster(server.pid, { immediate: ephemeral });
      if (ephemeral) removeCluster(data);
    },
  };
}

/** @returns the state of a server that somebody else runs and that we may use, or undefined when we have to start our own */
async function joinOrStopRunning(data, { exclusive, log }) {
  const running = runningPostmaster(data);
  if (!running) return undefined;
  const state = readState(data);
  if (state && isHolderAlive(state.owner)) {
    if (!exclusive) return { ...state, port: running.port };
    throw new UserError(
      `Process ${state.owner.pid} uses the database in ${data}. Wait until it has finished, or stop it: kill ${state.owner.pid}`,
    );
  }
  log("Stopping a database server that an earlier run left behind.");
  await stopPostmaster(running.pid);
  return undefined;
}

function urlOf({ password, port }, database) {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
}

async function createDatabase(state, database) {
  // Not imported at the top: this module also loads where nothing is installed yet.
  const { default: pg } = await import("pg");
  const client = new pg.Client(urlOf(state, "postgres"));
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [database]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

function removeCluster(data) {
  for (const file of [data, `${data}.json`, `${data}.log`]) fs.rmSync(file, { recursive: true, force: true });
}
