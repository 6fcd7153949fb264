import { prisma } from "@/server/db/client";
import { generateKey } from "@/server/lib/crypto";
import { AppError } from "@/server/lib/errors";
import { isWrappedWithCurrent, unwrapKey, wrapKey } from "@/server/secrets/key-wrapping";
import { type DataKey, openWith, sealWith, versionOf } from "@/server/secrets/sealed-value";

/** Secrets that belong to a person or to the installation, not to an org: second factors, mails on their way. */
const wrapContext = (version: number) => `tollkeeper:installation-key:${version}`;

/** `context` binds the value to its row. */
export const sealForInstallation = async (plain: string, context: string) =>
  sealWith(await newestKey(), plain, context);

/** @throws Error when the bytes are not what was sealed with this context; AppError internal when a key is missing. */
export const openForInstallation = async (stored: Uint8Array, context: string) =>
  openWith(await keyOfVersion(versionOf(stored)), stored, context);

async function newestKey(): Promise<DataKey> {
  const stored = await prisma().installationKey.findFirst({ orderBy: { version: "desc" } });
  if (stored) return unwrap(stored);
  const wrapped = await wrapKey(generateKey(), wrapContext(1));
  await prisma().installationKey.createMany({ data: [{ version: 1, ...wrapped }], skipDuplicates: true });
  // Another process may have been first: what is stored counts.
  return keyOfVersion(1);
}

async function keyOfVersion(version: number): Promise<DataKey> {
  const stored = await prisma().installationKey.findFirst({ where: { version } });
  if (!stored) throw new AppError("internal", "data_key_missing", { details: { version } });
  return unwrap(stored);
}

/** Makes the installation's next key, as addDataKey does for an org. */
export async function addInstallationKey(): Promise<number | null> {
  const newest = await prisma().installationKey.findFirst({ orderBy: { version: "desc" } });
  if (!newest) return null;
  const version = newest.version + 1;
  const wrapped = await wrapKey(generateKey(), wrapContext(version));
  await prisma().installationKey.createMany({ data: [{ version, ...wrapped }], skipDuplicates: true });
  return version;
}

/** A secret under the newest key, or null where it is already. @throws as openForInstallation */
export async function resealForInstallation(stored: Uint8Array, context: string) {
  const newest = await newestKey();
  if (versionOf(stored) === newest.version) return null;
  return sealWith(newest, await openForInstallation(stored, context), context);
}

type Stored = { version: number; masterKeyVersion: string; wrappedKey: Uint8Array };

const unwrap = async (stored: Stored): Promise<DataKey> => ({
  version: stored.version,
  key: await openInstallationKey(stored),
});

/** @throws AppError internal when its master key is not configured, Error when another one has its version. */
export const openInstallationKey = (stored: Stored): Promise<Buffer> => unwrapKey(stored, wrapContext(stored.version));

/** The newest of the installation's keys, wrapped, for each master key that any was wrapped with. */
export async function listInstallationKeySamples(): Promise<Stored[]> {
  const keys = await prisma().installationKey.findMany({ orderBy: { version: "asc" } });
  return [...new Map(keys.map((stored) => [stored.masterKeyVersion, stored])).values()];
}

/** Wraps the installation's keys with the current master key; returns how many were wrapped anew. */
export async function rewrapInstallationKeys(): Promise<number> {
  const keys = await prisma().installationKey.findMany();
  const stale = keys.filter((stored) => !isWrappedWithCurrent(stored));
  for (const stored of stale) {
    const { key } = await unwrap(stored);
    await prisma().installationKey.updateMany({
      where: { version: stored.version, masterKeyVersion: stored.masterKeyVersion },
      data: await wrapKey(key, wrapContext(stored.version)),
    });
  }
  return stale.length;
}
