import type { OrgScope } from "@/server/auth/scope";
import { baseUrlOf } from "@/server/connections/base-url";
import { dataKeyOfVersion, newestDataKey } from "@/server/connections/data-key";
import { open, seal } from "@/server/lib/crypto";
import { AppError, notFound } from "@/server/lib/errors";

/** Bound to org and connection: a ciphertext copied to another row does not open there. */
const keyContext = (orgId: string, connectionId: string) => `tollkeeper:admin-key:${orgId}:${connectionId}`;

/** Layout: data key version (4 bytes, big endian) | sealed key. */
export async function sealAdminKey(
  scope: OrgScope,
  connectionId: string,
  adminKey: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { version, key } = await newestDataKey(scope);
  const header = Buffer.alloc(4);
  header.writeUInt32BE(version);
  const sealed = seal(Buffer.from(adminKey, "utf8"), key, keyContext(scope.org.id, connectionId));
  return new Uint8Array(Buffer.concat([header, sealed]));
}

export type OpenedConnection = {
  id: string;
  baseUrl: string;
  adminKey: string;
  /** As it is stored: tells this key from one that replaces it. */
  keyCiphertext: Uint8Array<ArrayBuffer>;
};

/** Decrypts a connection's Admin key in memory. Callers hand it to the provider client and to nothing else. */
export async function openAdminKey(scope: OrgScope, connectionId: string): Promise<OpenedConnection> {
  const connection = await scope.db.connection.findFirst({
    where: { id: connectionId, status: { not: "deleted" } },
    select: { id: true, baseUrl: true, isSample: true, keyCiphertext: true },
  });
  if (!connection?.keyCiphertext) throw notFound("connection");
  const bytes = Buffer.from(connection.keyCiphertext);
  const { key } = await dataKeyOfVersion(scope, bytes.readUInt32BE(0));
  try {
    const adminKey = open(bytes.subarray(4), key, keyContext(scope.org.id, connectionId)).toString("utf8");
    return { id: connection.id, baseUrl: baseUrlOf(connection), adminKey, keyCiphertext: connection.keyCiphertext };
  } catch (cause) {
    throw new AppError("internal", "admin_key_unreadable", {
      message: "The stored Admin key cannot be opened.",
      cause,
    });
  }
}
