import fs from "node:fs";
import { UserError } from "./errors.mjs";

/**
 * Fails before something begins that the disk has no room for: programs that run out of it in the middle say anything,
 * from a crash to nothing at all.
 * @param {string} dir an existing directory on that disk
 * @param {{ megabytes: number, what: string }} need
 */
export function assertRoom(dir, { megabytes, what }) {
  const { bavail, bsize } = fs.statfsSync(dir);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free >= megabytes) return;
  throw new UserError(
    `${what} needs about ${megabytes} MB of disk; ${dir} has ${free} MB left. Free some space, then try again.`,
  );
}
