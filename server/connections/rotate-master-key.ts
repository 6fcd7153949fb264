import { accessAsSystem } from "@/server/auth/scope";
import { listOrgIds } from "@/server/auth/system.sql";
import { currentMasterKey, rewrapDataKeys } from "@/server/connections/data-key";
import { AppError } from "@/server/lib/errors";

export type RotatedMasterKey = {
  /** The version that every data key is wrapped with now, but for those of `failures`. */
  masterKeyVersion: string;
  orgs: number;
  dataKeysRewrapped: number;
  failures: { org: string; message: string }[];
};

/**
 * Wraps the data keys of all orgs with the newest master key. May be repeated and interrupted: what is wrapped with it
 * already stays. An org whose key cannot be opened does not stop the others.
 */
export async function rotateMasterKey(): Promise<RotatedMasterKey> {
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
