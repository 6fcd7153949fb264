import { recordAuditRaw } from "@/server/audit/record-audit.sql";
import type { OrgAccess } from "@/server/auth/scope";
import { withTenantConnection } from "@/server/db/tenant";
import * as sql from "@/server/imports/imports.sql";
import { recount } from "@/server/imports/recount";
import { lockCounting } from "@/server/imports/recount.sql";
import { nameOfActor, notDraft } from "@/server/imports/stage-file";
import { AppError, notFound } from "@/server/lib/errors";
import { requestPacks } from "@/server/jobs/request-packs";

/**
 * Takes back all that an import brought in, in one transaction; older imports count again for its days.
 * @throws AppError not_found; conflict for one that was undone before or never committed
 */
export async function undoImport(access: OrgAccess, importId: string): Promise<void> {
  const orgId = access.org.id;
  await withTenantConnection(orgId, async (client) => {
    await lockCounting(client, orgId);
    const row = await sql.lockImport(client, orgId, importId);
    if (!row) throw notFound("import");
    if (row.state !== "committed" || !row.openaiOrgId) throw notCommitted();
    const files = await sql.filesOf(client, orgId, [importId]);
    await sql.markUndone(client, orgId, { importId, by: nameOfActor(access) });
    await sql.deleteContents(
      client,
      orgId,
      files.map(({ id }) => id),
    );
    await recount(client, { orgId, openaiOrgId: row.openaiOrgId });
    await recordAuditRaw(client, access, {
      action: "import.undo",
      target: {
        type: "import",
        id: importId,
        name: files
          .map(({ name }) => name)
          .join(", ")
          .slice(0, 200),
      },
      before: { openaiOrgId: row.openaiOrgId, files: files.map(({ name, sha256 }) => ({ name, sha256 })) },
    });
  });
  await requestPacks(access);
}

/** Removes an import that was never committed, or one file of it. @throws AppError not_found, conflict */
export async function discardDraft(access: OrgAccess, { importId, fileId }: { importId: string; fileId?: string }) {
  const orgId = access.org.id;
  await withTenantConnection(orgId, async (client) => {
    const row = await sql.lockImport(client, orgId, importId);
    if (!row) throw notFound("import");
    if (row.state !== "draft") throw notDraft();
    const files = await sql.filesOf(client, orgId, [importId]);
    const ids = files.map(({ id }) => id).filter((id) => fileId === undefined || id === fileId);
    if (fileId !== undefined && ids.length === 0) throw notFound("file");
    await sql.deleteContents(client, orgId, ids);
    await sql.deleteFiles(client, orgId, ids);
    if (fileId === undefined) await sql.deleteDraft(client, orgId, importId);
  });
}

const notCommitted = () =>
  new AppError("conflict", "import_not_committed", { message: "This import was undone already, or never committed." });
