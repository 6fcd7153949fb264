import { accessAsSystem } from "@/server/auth/scope";
import { listOrgIds } from "@/server/auth/system.sql";
import { rewrapDataKeys } from "@/server/connections/data-key";
import { exclusively } from "@/server/db/exclusive.sql";
import { AppError } from "@/server/lib/errors";
import { addMasterKey, currentMasterKey } from "@/server/lib/master-keys";

export type RotatedMasterKey = {
  /** The version that every data key is wrapped with now, but for those of `failures`. */
  masterKeyVersion: string;
  orgs: number;
  dataKeysRewrapped: number;
  failures: { org: string; message: string }[];
};

/**
 * Makes a new master key where the keys are kept in a file, and wraps the data keys of all orgs with the newest. Running
 * processes read the file again when they need it, so nothing has to be restarted. May be repeated and interrupted: what
 * is wrapped with the newest already stays. An org whose key cannot be opened does not stop the others. Two rotations take
 * turns: each would otherwise replace the file without the other's key.
 * @throws AppError precondition where the file of master keys cannot be replaced
 */
export const rotateMasterKey = () => exclusively("rotate-master-key", rotate);

async function rotate(): Promise<RotatedMasterKey> {
  addMasterKey();
  const orgIds = await listOrgIds();
  const result: RotatedMasterKey = {
    masterKeyVersion: currentMasterKey().version,
    orgs: orgIds.length,
    dataKeysRewrapped: 0,
    failures: [],
  };
  for (const id of orgIds) {
    const access = await accessAsSystem({ id }, { type: "operator" });
    try {
      result.dataKeysRewrapped += await access.inScope(rewrapDataKeys);
    } catch (error) {
      const message = error instanceof AppError ? error.message : "Its data key does not open with the master key.";
      result.failures.push({ org: access.org.slug, message });
    }
  }
  return result;
}
