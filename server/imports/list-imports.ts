import type { OrgAccess } from "@/server/auth/scope";
import { withTenantConnection } from "@/server/db/tenant";
import * as sql from "@/server/imports/imports.sql";
import type { ImportSummary } from "@/server/imports/schema";

const MAX_LISTED = 500;

/** Committed imports and those that were undone, newest first. */
export function listImports(access: OrgAccess): Promise<ImportSummary[]> {
  const orgId = access.org.id;
  return withTenantConnection(
    orgId,
    async (client) => {
      const rows = await sql.listImportRows(client, orgId, MAX_LISTED);
      const files = await sql.filesOf(
        client,
        orgId,
        rows.map(({ id }) => id),
      );
      const byImport = Map.groupBy(files, ({ importId }) => importId);
      return rows.map(({ createdAt: _, ...row }) => ({
        ...row,
        committedAt: row.committedAt.toISOString(),
        undoneAt: row.undoneAt?.toISOString() ?? null,
        files: (byImport.get(row.id) ?? []).map(({ importId: __, ...file }) => file),
      }));
    },
    { isSnapshot: true },
  );
}
