import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { processIdentity } from "./process-identity.mjs";

/** @typedef {{ pid: number, identity: string }} Holder */

/** Names this process in a lock or an owner field. @returns {Holder} */
export function currentHolder() {
  return { pid: process.pid, identity: processIdentity(process.pid) };
}

/** Whether the process that wrote this still runs. */
export function isHolderAlive(holder) {
  return holder?.identity !== undefined && processIdentity(holder.pid) === holder.identity;
}

/**
 * Who holds the lock now; a lock whose process is gone counts as free.
 * @param {string} file
 * @returns {Holder | undefined}
 */
export function lockHolder(file) {
  const holder = readHolder(file);
  return isHolderAlive(holder) ? holder : undefined;
}

/**
 * Takes the lock, also over from a process that died without giving it back.
 * @param {string} file
 * @returns {{ release: () => void, wasAbandoned: boolean } | { heldBy: Holder }}
 */
export function acquireLock(file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const mine = `${file}.${process.pid}`;
  fs.writeFileSync(mine, JSON.stringify(currentHolder()), { mode: 0o600 });
  try {
    let wasAbandoned = false;
    while (!linkIfFree(mine, file)) {
      const holder = lockHolder(file);
      if (holder) return { heldBy: holder };
      setAside(file);
      wasAbandoned = true;
    }
    return { wasAbandoned, release: () => releaseIfMine(file) };
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

/**
 * Does something that only one process may do at a time, waiting for its turn.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  let lock = acquireLock(file);
  while ("heldBy" in lock) {
    await sleep(50);
    lock = acquireLock(file);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** link() fails when the target exists, so exactly one of several processes succeeds, with the content already written. */
function linkIfFree(from, to) {
  try {
    fs.linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** Removes an abandoned lock; puts it back if another process took it over between the look and the removal. */
function setAside(file) {
  const aside = `${file}.abandoned.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  if (isHolderAlive(readHolder(aside))) linkIfFree(aside, file);
  fs.rmSync(aside, { force: true });
}

function releaseIfMine(file) {
  if (readHolder(file)?.pid === process.pid) fs.rmSync(file, { force: true });
}

function readHolder(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
