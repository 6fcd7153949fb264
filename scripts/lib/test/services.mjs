import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../errors.mjs";
import { acquireLock, lockHolder } from "../lock.mjs";
import { acceptsConnections, freePort } from "../ports.mjs";
import { startPostgres } from "../postgres.mjs";
import { runningPostmaster, stopPostmaster } from "../postgres/postmaster.mjs";
import { processCommand } from "../process-identity.mjs";
import { startProgram } from "../processes.mjs";

const prefix = "tollkeeper-test-";
const ownerFile = "owner.lock";

/** A directory for this run. Those of earlier runs that were killed are removed, with the servers they left behind. */
export async function makeWorkDir(defer) {
  for (const name of fs.readdirSync(os.tmpdir())) {
    if (name.startsWith(prefix)) await removeIfAbandoned(path.join(os.tmpdir(), name));
  }
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), prefix));
  fs.chmodSync(dir, 0o711);
  acquireLock(path.join(dir, ownerFile));
  defer(() => fs.rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A PostgreSQL that forgets, with the URL that the database tests read. */
export async function startTestDatabase(workDir, defer) {
  const server = await startPostgres({ dir: path.join(workDir, "postgres"), ephemeral: true, database: "tests" });
  defer(server.stop);
  return server.url;
}

/** The operator's Redis, or one that lives as long as this run. */
export async function startTestRedis(workDir) {
  if (process.env.TEST_REDIS_URL) return process.env.TEST_REDIS_URL;
  const port = await freePort();
  const files = ["--dir", workDir, "--pidfile", path.join(workDir, "redis.pid")];
  const volatile = ["--save", "", "--appendonly", "no"];
  const address = ["--bind", "127.0.0.1", "--port", String(port)];
  // BullMQ warns about any other policy: a queue must not lose jobs to make room.
  const server = startProgram("redis-server", [...files, ...volatile, ...address, "--maxmemory-policy", "noeviction"], {
    env: process.env,
  });
  let hasEnded = false;
  server.ended.then(() => (hasEnded = true));
  for (const until = Date.now() + 15_000; !(await acceptsConnections(port)); await sleep(50)) {
    if (hasEnded || Date.now() > until) throw new UserError(`redis-server did not start:\n${server.tail()}`);
  }
  return `redis://127.0.0.1:${port}`;
}

async function removeIfAbandoned(dir) {
  if (!fs.existsSync(path.join(dir, ownerFile)) || lockHolder(path.join(dir, ownerFile))) return;
  for (const data of ["postgres", "e2e/postgres"]) {
    const postmaster = runningPostmaster(path.join(dir, data));
    if (postmaster) await stopPostmaster(postmaster.pid, { immediate: true });
  }
  const redis = Number(readIfThere(path.join(dir, "redis.pid")));
  if (redis && /redis-server/.test(processCommand(redis))) process.kill(redis, "SIGKILL");
  fs.rmSync(dir, { recursive: true, force: true });
}

function readIfThere(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}
