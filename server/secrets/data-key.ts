import type { TenantDb } from "@/server/db/tenant";
import { generateKey } from "@/server/lib/crypto";
import { AppError } from "@/server/lib/errors";
import { isWrappedWithCurrent, unwrapKey, wrapKey } from "@/server/secrets/key-wrapping";
import { type DataKey, openWith, sealWith, versionOf } from "@/server/secrets/sealed-value";

/** What this slice needs of a scope. */
type Tenant = { org: { id: string }; db: TenantDb };

const wrapContext = (orgId: string, version: number) => `tollkeeper:data-key:${orgId}:${version}`;

/** Seals a secret of the org with its newest data key. `context` binds it to its row. */
export const sealForOrg = async (tenant: Tenant, plain: string, context: string) =>
  sealWith(await newestDataKey(tenant), plain, context);

/** @throws Error when the bytes are not what was sealed with this context; AppError internal when a key is missing. */
export const openForOrg = async (tenant: Tenant, stored: Uint8Array, context: string) =>
  openWith(await dataKeyOfVersion(tenant, versionOf(stored)), stored, context);

/** The first secret of an org makes its first data key. */
async function newestDataKey(tenant: Tenant): Promise<DataKey> {
  const { db, org } = tenant;
  const stored = await db.orgDataKey.findFirst({ where: { orgId: org.id }, orderBy: { version: "desc" } });
  if (stored) return unwrap(org.id, stored);
  const wrapped = await wrapKey(generateKey(), wrapContext(org.id, 1));
  await db.orgDataKey.createMany({ data: [{ orgId: org.id, version: 1, ...wrapped }], skipDuplicates: true });
  // Another transaction may have been first: what is stored counts.
  return dataKeyOfVersion(tenant, 1);
}

async function dataKeyOfVersion({ db, org }: Tenant, version: number): Promise<DataKey> {
  const stored = await db.orgDataKey.findFirst({ where: { orgId: org.id, version } });
  if (!stored) throw new AppError("internal", "data_key_missing", { details: { version } });
  return unwrap(org.id, stored);
}

/**
 * Makes the org's next data key; from its commit on it seals, and those before it only open. Null for an org without any
 * secret, which needs none. Who was about to seal with the one before still does: reseal until nothing is left.
 */
export async function addDataKey({ db, org }: Tenant): Promise<number | null> {
  const newest = await db.orgDataKey.findFirst({ where: { orgId: org.id }, orderBy: { version: "desc" } });
  if (!newest) return null;
  const version = newest.version + 1;
  const wrapped = await wrapKey(generateKey(), wrapContext(org.id, version));
  // Two at once make one: the other one's key serves as well.
  await db.orgDataKey.createMany({ data: [{ orgId: org.id, version, ...wrapped }], skipDuplicates: true });
  return version;
}

/** A secret of the org under its newest data key, or null where it is already. @throws as openForOrg */
export async function resealForOrg(tenant: Tenant, stored: Uint8Array, context: string) {
  const newest = await newestDataKey(tenant);
  if (versionOf(stored) === newest.version) return null;
  return sealWith(newest, await openForOrg(tenant, stored, context), context);
}

type Stored = { version: number; masterKeyVersion: string; wrappedKey: Uint8Array };

const unwrap = async (orgId: string, stored: Stored): Promise<DataKey> => ({
  version: stored.version,
  key: await openDataKey(orgId, stored),
});

/** @throws AppError internal when its master key is not configured, Error when another one has its version. */
export const openDataKey = (orgId: string, stored: Stored): Promise<Buffer> =>
  unwrapKey(stored, wrapContext(orgId, stored.version));

/**
 * Wraps the org's data keys with the current master key. The data keys stay, so nothing else has to be written and
 * readers go on meanwhile. Returns how many were wrapped anew.
 */
export async function rewrapDataKeys({ db, org }: Tenant): Promise<number> {
  const keys = await db.orgDataKey.findMany({ where: { orgId: org.id } });
  const stale = keys.filter((stored) => !isWrappedWithCurrent(stored));
  for (const stored of stale) {
    const { key } = await unwrap(org.id, stored);
    await db.orgDataKey.updateMany({
      where: { orgId: org.id, version: stored.version, masterKeyVersion: stored.masterKeyVersion },
      data: await wrapKey(key, wrapContext(org.id, stored.version)),
    });
  }
  return stale.length;
}
