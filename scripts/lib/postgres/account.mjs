import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/**
 * The account PostgreSQL runs as. It refuses to be root, so root lends it "nobody", which exists everywhere.
 * @returns {{ uid?: number, gid?: number }} options for spawn; empty when we are not root
 */
export function postgresAccount() {
  if (process.getuid?.() !== 0) return {};
  const entry = readIfThere("/etc/passwd").match(/^nobody:[^:]*:(\d+):(\d+):/m);
  return { uid: Number(entry?.[1] ?? 65_534), gid: Number(entry?.[2] ?? 65_534) };
}

/** Hands a file or directory over to the account PostgreSQL runs as. */
export function giveToPostgres(file) {
  const { uid, gid } = postgresAccount();
  if (uid !== undefined && gid !== undefined) fs.chownSync(file, uid, gid);
}

/**
 * Where the data really goes: the wanted directory, unless we are root and it lies below one that only root may enter
 * (typically /root); then a directory of the system, its name derived from the wanted one.
 * @param {string} wanted absolute
 * @param {string} suffix distinguishes the things kept for the same home
 */
export function placeForPostgres(wanted, suffix) {
  if (postgresAccount().uid === undefined || isReachableByAll(path.dirname(wanted))) return wanted;
  const isTemporary = wanted.startsWith(`${os.tmpdir()}${path.sep}`);
  const words = wanted.replaceAll(/[^A-Za-z0-9]+/g, "-").slice(-60);
  const name = `${words.replace(/^-/, "")}-${createHash("sha256").update(wanted).digest("hex").slice(0, 8)}`;
  return path.join(isTemporary ? os.tmpdir() : "/var/lib", "tollkeeper", name, suffix);
}

/** Whether every account may pass through the directory and all above it; those that do not exist yet will be. */
export function isReachableByAll(directory) {
  for (let current = directory; ; current = path.dirname(current)) {
    const mode = fs.statSync(current, { throwIfNoEntry: false })?.mode;
    if (mode !== undefined && !(mode & 0o001)) return false;
    if (current === path.dirname(current)) return true;
  }
}

function readIfThere(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}
