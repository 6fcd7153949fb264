import { accessAsSystem, type OrgScope } from "@/server/auth/scope";
import { listOrgIds } from "@/server/auth/system.sql";
import { exclusively } from "@/server/db/exclusive.sql";
import { env } from "@/server/env";
import { AppError } from "@/server/lib/errors";
import { rewrapDataKeys } from "@/server/secrets/data-key";
import { rewrapInstallationKeys } from "@/server/secrets/installation-key";
import { currentMasterVersion } from "@/server/secrets/key-wrapping";
import { addMasterKey } from "@/server/secrets/master-keys";

export type RotatedMasterKey = {
  /** The version that every data key is wrapped with now, but for those of `failures`. */
  masterKeyVersion: string;
  orgs: number;
  dataKeysRewrapped: number;
  failures: { org: string; message: string }[];
};

/**
 * Makes a new master key where the keys are kept in a file, and wraps all data keys with the newest, or by KMS. Running
 * processes read the file again when they need it, so nothing has to be restarted. May be repeated and interrupted: what
 * is wrapped with the newest already stays. An org whose key cannot be opened does not stop the others. Two rotations take
 * turns: each would otherwise replace the file without the other's key.
 * @throws AppError precondition where the file of master keys cannot be replaced
 */
export const rotateMasterKey = () => exclusively("rotate-master-key", rotate);

async function rotate(): Promise<RotatedMasterKey> {
  if (!env().MASTER_KEY_KMS) addMasterKey();
  const installationKeys = await rewrapInstallationKeys();
  const orgIds = await listOrgIds();
  const result: RotatedMasterKey = {
    masterKeyVersion: currentMasterVersion(),
    orgs: orgIds.length,
    dataKeysRewrapped: installationKeys,
    failures: [],
  };
  for (const id of orgIds) {
    const access = await accessAsSystem({ id }, { type: "operator" });
    try {
      result.dataKeysRewrapped += await access.inScope(rewrapOrg);
    } catch (error) {
      const message = error instanceof AppError ? error.message : "Its data key does not open with the master key.";
      result.failures.push({ org: access.org.slug, message });
    }
  }
  return result;
}

async function rewrapOrg(scope: OrgScope): Promise<number> {
  const rewrapped = await rewrapDataKeys(scope);
  if (rewrapped > 0) {
    scope.audit({
      action: "data_key.rewrap",
      target: { type: "org", id: scope.org.id },
      after: { masterKeyVersion: currentMasterVersion() },
    });
  }
  return rewrapped;
}
