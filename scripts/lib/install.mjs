import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { assertRoom } from "./disk.mjs";
import { knownCause, UserError } from "./errors.mjs";
import { lockHolder, withLock } from "./lock.mjs";
import { fromRoot, root } from "./paths.mjs";

const lockFile = fromRoot("package-lock.json");
const stamp = fromRoot("node_modules/.tollkeeper-installed");
const installing = fromRoot(".installing");

/** Whether node_modules is what package-lock.json asks for. */
export function isInstalled() {
  return fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === lockHash();
}

/** Installs the dependencies if they are missing or package-lock.json has changed since, one process at a time. */
export async function installDependencies() {
  if (isInstalled()) return;
  const other = lockHolder(installing);
  if (other) console.log(`Waiting for process ${other.pid}, which installs the dependencies …`);
  await withLock(installing, installUnlessCurrent);
}

async function installUnlessCurrent() {
  if (isInstalled()) return;
  const isFirst = !fs.existsSync(fromRoot("node_modules"));
  assertRoom(root, { megabytes: isFirst ? 2000 : 500, what: "Installing the dependencies" });
  console.log("Installing dependencies (npm ci) …");
  fs.rmSync(stamp, { force: true });
  // NODE_ENV=production or an omit setting would leave out the tests' tools, or Node and PostgreSQL themselves.
  await npm(["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"]);
  fs.writeFileSync(stamp, lockHash());
}

function lockHash() {
  return createHash("sha256").update(fs.readFileSync(lockFile)).digest("hex");
}

async function npm(args) {
  let output = "";
  const child = spawn("npm", args, {
    cwd: root,
    stdio: ["ignore", "inherit", "pipe"],
    shell: process.platform === "win32",
  });
  child.stderr.on("data", (data) => {
    output = (output + data).slice(-20_000);
    process.stderr.write(data);
  });
  const relay = (signal) => child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, relay);
  const problem = await new Promise((resolve) => {
    child.once("error", (error) => resolve(`npm cannot be run (${error.message}). It comes with Node.`));
    child.once("close", (code, signal) =>
      resolve(code === 0 ? undefined : `npm ci failed (${signal ?? `exit code ${code}`}).`),
    );
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.off(signal, relay);
  if (problem) throw new UserError(`${problem} ${knownCause(output) ?? ""}`.trim());
}
