import { recordAuditRaw } from "@/server/audit/record-audit.sql";
import type { OrgAccess } from "@/server/auth/scope";
import { withTenantConnection } from "@/server/db/tenant";
import { chooseOrganization } from "@/server/imports/choose-organization";
import * as sql from "@/server/imports/imports.sql";
import { recount } from "@/server/imports/recount";
import { adoptUnknown, lockCounting } from "@/server/imports/recount.sql";
import { RefusedFile } from "@/server/imports/refusal";
import { nameOfActor, notDraft } from "@/server/imports/stage-file";
import { AppError, notFound } from "@/server/lib/errors";
import { requestPacks } from "@/server/jobs/request-packs";

export type CommitInput = { importId: string; connectionId?: string | null };

/**
 * Makes the files of an import count, as far as the counting rule lets them, in one transaction: facts, roll-ups, names and
 * the audit row are there together, or not at all.
 * @throws AppError not_found, conflict; precondition where somebody has to choose a connection; RefusedFile
 */
export async function commitImport(
  access: OrgAccess,
  { importId, connectionId = null }: CommitInput,
): Promise<{ importId: string; openaiOrgId: string }> {
  const orgId = access.org.id;
  const committed = await withTenantConnection(orgId, async (client) => {
    await lockCounting(client, orgId);
    const draft = await sql.lockImport(client, orgId, importId);
    if (!draft) throw notFound("import");
    if (draft.state !== "draft") throw notDraft();
    const files = await sql.filesOf(client, orgId, [importId]);
    if (files.length === 0) throw nothingToCommit();
    for (const { sha256 } of files) {
      const twin = await sql.findTwin(client, orgId, { importId: NO_IMPORT, sha256 });
      if (twin) throw new RefusedFile("same_file_before", { what: twin.committedAt?.toISOString().slice(0, 10) });
    }
    const openaiOrgId = await organizationOf(client, orgId, { files, connectionId });
    await sql.markCommitted(client, orgId, { importId, openaiOrgId, by: nameOfActor(access) });
    await adoptUnknown(client, { orgId, openaiOrgId });
    await recount(client, { orgId, openaiOrgId });
    await recordAuditRaw(client, access, {
      action: "import.commit",
      target: {
        type: "import",
        id: importId,
        name: files
          .map(({ name }) => name)
          .join(", ")
          .slice(0, 200),
      },
      after: { openaiOrgId, files: files.map(fileInAudit) },
    });
    return { importId, openaiOrgId };
  });
  await requestPacks(access);
  return committed;
}

const fileInAudit = ({ name, sha256, format, rows, budgets }: sql.FileRow) => ({ name, sha256, format, rows, budgets });

/** None has it: among all committed imports. */
const NO_IMPORT = "00000000-0000-0000-0000-000000000000";

type Deciding = { files: readonly sql.FileRow[]; connectionId: string | null };

async function organizationOf(
  client: Parameters<typeof sql.knownOrganizations>[0],
  orgId: string,
  { files, connectionId }: Deciding,
): Promise<string> {
  const known = await sql.knownOrganizations(client, orgId);
  if (connectionId && !known.some((organization) => organization.connectionId === connectionId))
    throw notFound("connection");
  const chosen = chooseOrganization({ known, files, connectionId });
  if (!chosen) throw mustChoose();
  return chosen;
}

const nothingToCommit = () =>
  new AppError("precondition", "import_empty", { message: "There is no file in this import." });

const mustChoose = () =>
  new AppError("precondition", "import_choose_connection", {
    message: "The files do not say which OpenAI organization they are of, and there are several: choose a connection.",
  });
