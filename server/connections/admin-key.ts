import type { OrgScope } from "@/server/auth/scope";
import { baseUrlOf } from "@/server/connections/base-url";
import { AppError, notFound } from "@/server/lib/errors";
import { openForOrg, resealForOrg, sealForOrg } from "@/server/secrets/data-key";

/** Bound to org and connection: a ciphertext copied to another row does not open there. */
const keyContext = (orgId: string, connectionId: string) => `tollkeeper:admin-key:${orgId}:${connectionId}`;

export const sealAdminKey = (scope: OrgScope, connectionId: string, adminKey: string) =>
  sealForOrg(scope, adminKey, keyContext(scope.org.id, connectionId));

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
  try {
    const adminKey = await openForOrg(scope, connection.keyCiphertext, keyContext(scope.org.id, connectionId));
    return { id: connection.id, baseUrl: baseUrlOf(connection), adminKey, keyCiphertext: connection.keyCiphertext };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("internal", "admin_key_unreadable", {
      message: "The stored Admin key cannot be opened.",
      cause,
    });
  }
}

/** Seals the Admin keys with the newest data key; one that is replaced meanwhile has it already. @returns how many */
export async function resealAdminKeys(scope: OrgScope): Promise<number> {
  const connections = await scope.db.connection.findMany({ select: { id: true, keyCiphertext: true } });
  let resealed = 0;
  for (const { id, keyCiphertext } of connections) {
    if (!keyCiphertext) continue;
    const fresh = await resealForOrg(scope, keyCiphertext, keyContext(scope.org.id, id));
    if (!fresh) continue;
    const where = { id, keyCiphertext };
    resealed += (await scope.db.connection.updateMany({ where, data: { keyCiphertext: fresh } })).count;
  }
  return resealed;
}
