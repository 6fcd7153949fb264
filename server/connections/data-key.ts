import type { OrgScope } from "@/server/auth/scope";
import { generateKey, open, seal } from "@/server/lib/crypto";
import { AppError } from "@/server/lib/errors";
import { currentMasterKey, masterKeyOf } from "@/server/lib/master-keys";

/** The org's data key in the clear, for the length of one seal or open. Never stored, logged or returned further. */
export type DataKey = { version: number; key: Buffer };

const wrapContext = (orgId: string, version: number) => `tollkeeper:data-key:${orgId}:${version}`;

/** The org's newest data key; the first secret of an org makes it. */
export async function newestDataKey(scope: OrgScope): Promise<DataKey> {
  const stored = await scope.db.orgDataKey.findFirst({ where: { orgId: scope.org.id }, orderBy: { version: "desc" } });
  if (stored) return { version: stored.version, key: openDataKey(scope.org.id, stored) };
  const key = generateKey();
  const master = currentMasterKey();
  await scope.db.orgDataKey.createMany({
    data: [
      {
        orgId: scope.org.id,
        version: 1,
        masterKeyVersion: master.version,
        wrappedKey: seal(key, master.key, wrapContext(scope.org.id, 1)),
      },
    ],
    skipDuplicates: true,
  });
  // Another transaction may have been first: what is stored counts.
  const winner = await scope.db.orgDataKey.findFirstOrThrow({ where: { orgId: scope.org.id, version: 1 } });
  return { version: 1, key: openDataKey(scope.org.id, winner) };
}

export async function dataKeyOfVersion(scope: OrgScope, version: number): Promise<DataKey> {
  const stored = await scope.db.orgDataKey.findFirst({ where: { orgId: scope.org.id, version } });
  if (!stored) throw new AppError("internal", "data_key_missing", { details: { version } });
  return { version, key: openDataKey(scope.org.id, stored) };
}

type Wrapped = { version: number; masterKeyVersion: string; wrappedKey: Uint8Array };

/** @throws AppError internal when its master key is not configured, Error when another one has its version. */
export function openDataKey(orgId: string, stored: Wrapped): Buffer {
  return open(stored.wrappedKey, masterKeyOf(stored.masterKeyVersion), wrapContext(orgId, stored.version));
}

/**
 * Wraps the org's data keys with the current master key. The data keys stay, so nothing else has to be written and
 * readers go on meanwhile. Returns how many were wrapped anew.
 */
export async function rewrapDataKeys(scope: OrgScope): Promise<number> {
  const master = currentMasterKey();
  const stale = await scope.db.orgDataKey.findMany({ where: { masterKeyVersion: { not: master.version } } });
  for (const stored of stale) {
    const wrappedKey = seal(openDataKey(scope.org.id, stored), master.key, wrapContext(scope.org.id, stored.version));
    await scope.db.orgDataKey.updateMany({
      where: { orgId: scope.org.id, version: stored.version, masterKeyVersion: stored.masterKeyVersion },
      data: { masterKeyVersion: master.version, wrappedKey },
    });
  }
  if (stale.length > 0) {
    await scope.audit({
      action: "data_key.rewrap",
      target: { type: "org", id: scope.org.id },
      after: { masterKeyVersion: master.version },
    });
  }
  return stale.length;
}
