import { listDataKeySamples } from "@/server/auth/system.sql";
import { AppError } from "@/server/lib/errors";
import { openDataKey } from "@/server/secrets/data-key";

/**
 * Opens one stored data key for each master key that any was wrapped with. Done at the start: a key that is missing or was
 * mixed up would otherwise show when a connection is used, and meanwhile wrap new secrets.
 * @throws AppError precondition that names the versions of the master keys that do not fit.
 */
export async function checkMasterKeys(): Promise<void> {
  const problems: string[] = [];
  for (const { orgId, ...stored } of await listDataKeySamples()) {
    try {
      await openDataKey(orgId, stored);
    } catch (error) {
      const isMissing = error instanceof AppError && error.reason === "master_key_missing";
      problems.push(`${stored.masterKeyVersion} ${isMissing ? "is missing" : "is not the one it was"}`);
    }
  }
  if (problems.length === 0) return;
  throw new AppError("precondition", "server_misconfigured", {
    message:
      `The master keys do not open what is stored: ${problems.join(", ")}.\n` +
      "Restore them (MASTER_KEYS, or the file MASTER_KEYS_FILE) from a backup.",
  });
}
