import { listDataKeySamples } from "@/server/auth/system.sql";
import { AppError } from "@/server/lib/errors";
import { openDataKey } from "@/server/secrets/data-key";
import { listInstallationKeySamples, openInstallationKey } from "@/server/secrets/installation-key";
import { isKmsVersion } from "@/server/secrets/kms";

type Sample = { masterKeyVersion: string; open: () => Promise<unknown> };
type Problem = { isOfKms: boolean; text: string };

/**
 * Opens one stored key of organizations and one of the installation for each master key that any was wrapped with, be it
 * ours or one of a key service. Done at the start: a key that is missing or was mixed up would otherwise show when a secret
 * is used, and meanwhile wrap new ones.
 * @throws AppError precondition that names the versions of the master keys that do not fit.
 */
export async function checkMasterKeys(): Promise<void> {
  const problems = new Map<string, Problem>();
  for (const { masterKeyVersion, open } of await listSamples()) {
    try {
      await open();
    } catch (error) {
      problems.set(masterKeyVersion, describe(masterKeyVersion, error));
    }
  }
  if (problems.size > 0) throw explain([...problems.values()]);
}

async function listSamples(): Promise<Sample[]> {
  const ofOrgs = await listDataKeySamples();
  const ofInstallation = await listInstallationKeySamples();
  return [
    ...ofOrgs.map(({ orgId, ...stored }) => ({ ...stored, open: () => openDataKey(orgId, stored) })),
    ...ofInstallation.map((stored) => ({ ...stored, open: () => openInstallationKey(stored) })),
  ];
}

function describe(version: string, error: unknown): Problem {
  if (isKmsVersion(version)) {
    const cause = error instanceof AppError ? error.details["error"] : undefined;
    return { isOfKms: true, text: `${version} refuses or does not answer (${String(cause ?? "no reason was given")})` };
  }
  const isMissing = error instanceof AppError && error.reason === "master_key_missing";
  return { isOfKms: false, text: `${version} ${isMissing ? "is missing" : "is not the one it was"}` };
}

function explain(problems: readonly Problem[]): AppError {
  const ours = "Restore them (MASTER_KEYS, or the file MASTER_KEYS_FILE) from a backup.";
  const theirs = "Let the credentials of this process decrypt with the key of KMS, and try again.";
  const advice = [problems.some(({ isOfKms }) => !isOfKms) && ours, problems.some(({ isOfKms }) => isOfKms) && theirs];
  return new AppError("precondition", "server_misconfigured", {
    message: [
      `The master keys do not open what is stored: ${problems.map(({ text }) => text).join(", ")}.`,
      ...advice.filter(Boolean),
    ].join("\n"),
  });
}
