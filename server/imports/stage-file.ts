import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { OrgAccess } from "@/server/auth/scope";
import { withTenantConnection } from "@/server/db/tenant";
import { MAX_FILE_BYTES, MAX_FILES } from "@/server/imports/constants";
import * as sql from "@/server/imports/imports.sql";
import { readFileEntries } from "@/server/imports/read-file";
import { RefusedFile } from "@/server/imports/refusal";
import { type StagedFile, Staging } from "@/server/imports/staging";
import { AppError, notFound } from "@/server/lib/errors";
import { storableText } from "@/server/lib/text";

/** Who acts, as it is shown. */
export const nameOfActor = ({ actor }: Pick<OrgAccess, "actor">) => ("name" in actor ? actor.name : actor.type);

/** An import that files can be put into. Until it is committed it counts nowhere; a forgotten one is removed after a day. */
export async function createDraft(access: OrgAccess): Promise<{ importId: string }> {
  const id = randomUUID();
  await withTenantConnection(access.org.id, (client) =>
    sql.addDraft(client, access.org.id, { id, by: nameOfActor(access) }),
  );
  return { importId: id };
}

export type FileToStage = { importId: string; path: string; name: string };

export type Staged = StagedFile & { id: string; name: string; bytes: number; sha256: string };

/**
 * Reads a file into an import that is not committed yet: all of it, or nothing.
 * @throws RefusedFile for what cannot be read, with the line; AppError not_found, conflict for an import that is no draft
 */
export async function stageFile(
  access: OrgAccess,
  { importId, path, name }: FileToStage,
  now = new Date(),
): Promise<Staged> {
  const { size } = await stat(path);
  if (size > MAX_FILE_BYTES) throw new RefusedFile("too_large");
  const orgId = access.org.id;
  const shown = storableText(name).slice(0, 255) || "file";
  const identity = { id: randomUUID(), importId, name: shown, bytes: size, sha256: await hashOf(path) };
  return withTenantConnection(orgId, async (client) => {
    const draft = await sql.lockImport(client, orgId, importId);
    if (!draft) throw notFound("import");
    if (draft.state !== "draft") throw notDraft();
    const others = await sql.filesOf(client, orgId, [importId]);
    if (others.length >= MAX_FILES) throw tooMany();
    refuseTwin(await sql.findTwin(client, orgId, identity), importId);
    await sql.addDraftConnection(client, orgId, identity);
    const staging = new Staging(client, { orgId, connectionId: identity.id, now });
    for await (const entry of readFileEntries(path)) await staging.add(entry);
    const staged = await staging.finish();
    refuseStranger(staged, others);
    await sql.addFile(client, orgId, { ...identity, ...staged });
    return { ...identity, ...staged };
  });
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

function refuseTwin(twin: sql.Twin | null, importId: string) {
  if (!twin) return;
  if (twin.importId === importId) throw new RefusedFile("same_file_here", { what: twin.name });
  throw new RefusedFile("same_file_before", { what: twin.committedAt?.toISOString().slice(0, 10) });
}

/** An import is of one OpenAI organization. */
function refuseStranger({ openaiOrgId }: StagedFile, others: readonly sql.FileRow[]) {
  const other = others.find((file) => file.openaiOrgId !== null && file.openaiOrgId !== openaiOrgId);
  if (openaiOrgId && other)
    throw new RefusedFile("several_organizations", { what: `${other.openaiOrgId}, ${openaiOrgId}` });
}

export const notDraft = () =>
  new AppError("conflict", "import_not_draft", { message: "This import was committed or undone already." });

const tooMany = () =>
  new AppError("limit", "import_too_many_files", { message: `An import holds at most ${MAX_FILES} files.` });
