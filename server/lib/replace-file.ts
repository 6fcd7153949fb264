import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fchownSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";

/**
 * Replaces an existing file's content in one step: readers see the old content or the new one, and a crash loses neither.
 * Owner and mode stay, so that whoever could read it still can; a link to the file stays a link.
 * @throws Error of the system, with the file as it was
 */
export function replaceFile(file: string, content: string): void {
  const target = realpathSync(file);
  const { uid, gid, mode } = statSync(target);
  const unfinished = `${target}.${randomBytes(6).toString("hex")}.new`;
  const descriptor = openSync(unfinished, "wx", 0o600);
  try {
    const own = statSync(unfinished);
    if (own.uid !== uid || own.gid !== gid) fchownSync(descriptor, uid, gid);
    fchmodSync(descriptor, mode & 0o777);
    writeFileSync(descriptor, content, { flush: true });
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}
