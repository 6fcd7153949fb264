import { resealInstallation } from "@/server/auth/reseal-installation";
import { accessAsSystem, type OrgAccess, type OrgScope } from "@/server/auth/scope";
import { listOrgIds } from "@/server/auth/system.sql";
import { resealAdminKeys } from "@/server/connections/admin-key";
import { AppError } from "@/server/lib/errors";
import { resealExportSecrets } from "@/server/orgs/export-secrets";
import { resealSsoSecret } from "@/server/orgs/sso-secret";
import { addDataKey } from "@/server/secrets/data-key";
import { addInstallationKey } from "@/server/secrets/installation-key";

export type RotatedDataKeys = {
  /** New data keys: one for each org with secrets, and one of the installation. */
  keys: number;
  /** Secrets that are sealed with a new key now. */
  secrets: number;
  failures: { org: string; message: string }[];
};

/**
 * Gives an org, or all of them and the installation, a new data key and seals every secret with it. Readers go on: a value
 * says which key opens it, and older keys stay for what is read or written meanwhile. May be interrupted and repeated.
 */
export async function rotateDataKeys({ org: slug }: { org: string | null }): Promise<RotatedDataKeys> {
  const result: RotatedDataKeys = { keys: 0, secrets: 0, failures: [] };
  if (slug === null && (await addInstallationKey()) !== null) {
    result.keys++;
    result.secrets += await untilNothingIsLeft(resealInstallation);
  }
  const refs = slug === null ? (await listOrgIds()).map((id) => ({ id })) : [{ slug }];
  for (const ref of refs) {
    const access = await accessAsSystem(ref, { type: "operator" });
    await rotateOrg(access, result).catch((error: unknown) => {
      // The sentence of an unexpected error may hold anything: the log has it.
      const message = error instanceof AppError ? error.message : "A secret does not open with its data key.";
      access.log.error({ err: error }, "data keys were not rotated");
      result.failures.push({ org: access.org.slug, message });
    });
  }
  return result;
}

async function rotateOrg(access: OrgAccess, result: RotatedDataKeys): Promise<void> {
  const version = await access.inScope(addAuditedKey);
  if (version === null) return;
  result.keys++;
  result.secrets += await untilNothingIsLeft(() => access.inScope(resealOrg));
}

async function addAuditedKey(scope: OrgScope): Promise<number | null> {
  const version = await addDataKey(scope);
  if (version !== null)
    scope.audit({ action: "data_key.rotate", target: { type: "org", id: scope.org.id }, after: { version } });
  return version;
}

/** Everything that an org seals. */
const resealOrg = async (scope: OrgScope) =>
  (await resealAdminKeys(scope)) + (await resealSsoSecret(scope)) + (await resealExportSecrets(scope));

/** Whoever began before the new key was there may seal with the old one until they commit: looked for once more. */
async function untilNothingIsLeft(reseal: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let count = await reseal(); count > 0; count = await reseal()) total += count;
  return total;
}
