import path from "node:path";
import { openOrg } from "@/cli/access";
import { type CommandContext, defineCommand, type Outcome, UsageError } from "@/cli/command";
import { previewToText, refusalsToText } from "@/cli/output/import-report";
import type { OrgAccess } from "@/server/auth/scope";
import type { RefusedFile } from "@/server/imports/refusal";
import { AppError, notFound } from "@/server/lib/errors";

type Options = { org: string; connection?: string; dryRun?: boolean };
type Refused = { name: string; error: RefusedFile };

export const importFiles = defineCommand<Options>({
  name: "import",
  summary: "Import exported costs, usage, names and budgets from files, all in one or nothing",
  define: (command) =>
    command
      .argument("<file...>", "files of OpenAI's dashboard, saved API answers, or caches of other tools")
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .option("--connection <id or name>", "whose files they are, where they do not say it")
      .option("--dry-run", "show what would be imported, and change nothing"),

  prepare:
    ({ org, connection, dryRun = false }, _standard, args) =>
    async (context) => {
      if (args.length === 0) throw new UsageError("Give the files to import.");
      const access = await openOrg(org);
      const connectionId = connection === undefined ? null : await findConnectionId(access, connection);
      const { createDraft } = await import("@/server/imports/stage-file");
      const { discardDraft } = await import("@/server/imports/undo-import");
      const { importId } = await createDraft(access);
      let isCommitted = false;
      try {
        const refused = await stageAll(access, { importId, paths: args, context });
        const outcome = await previewAll(access, { importId, connectionId, refused });
        if (dryRun || refused.length > 0) return outcome;
        const { commitImport } = await import("@/server/imports/commit-import");
        await commitImport(access, { importId, connectionId });
        isCommitted = true;
        return {
          json: { ...outcome.json, import_id: importId, committed: true },
          text: `${outcome.text}\n\nImported as ${importId}. To take it back: tollkeeper imports undo --org ${org} ${importId}`,
        };
      } finally {
        if (!isCommitted) await discardDraft(access, { importId });
      }
    },
});

/** Of connections that live; deleted ones are told by what the files say. */
async function findConnectionId(access: OrgAccess, wanted: string): Promise<string> {
  const { chooseConnections } = await import("@/cli/choose-connections");
  const [found] = (await chooseConnections(access, wanted)).wanted;
  if (!found) throw notFound("connection");
  if (found.isSample) {
    throw new AppError("precondition", "import_into_sample", {
      message: "The sample organization's figures are invented: files cannot be imported into it.",
    });
  }
  return found.id;
}

type Staging = { importId: string; paths: readonly string[]; context: CommandContext };

/** Every file is looked at, so that all refusals are told at once. */
async function stageAll(access: OrgAccess, { importId, paths, context }: Staging): Promise<Refused[]> {
  const { stageFile } = await import("@/server/imports/stage-file");
  const { RefusedFile } = await import("@/server/imports/refusal");
  const refused: Refused[] = [];
  for (const file of paths) {
    const name = path.basename(file);
    context.progress(`Reading ${name}`);
    try {
      await stageFile(access, { importId, path: file, name });
    } catch (error) {
      if (error instanceof RefusedFile) refused.push({ name, error });
      else throw asMissingFile(error, file);
    }
  }
  return refused;
}

/** @returns a sentence for a file that cannot be opened, else the error itself */
function asMissingFile(error: unknown, file: string): unknown {
  const code = error instanceof Error && "code" in error && !(error instanceof AppError) ? error.code : null;
  if (code !== "ENOENT" && code !== "EACCES" && code !== "EISDIR") return error;
  return new AppError("invalid", "import_file_unreadable", { message: `${file} cannot be read (${code}).` });
}

type Previewing = { importId: string; connectionId: string | null; refused: readonly Refused[] };

async function previewAll(access: OrgAccess, { importId, connectionId, refused }: Previewing) {
  const { previewImport } = await import("@/server/imports/preview-import");
  const { previewToJson, refusalToJson } = await import("@/server/imports/import-json");
  const preview = await previewImport(access, { importId, connectionId });
  const refusals = refused.map(({ name, error }) => refusalToJson(name, error));
  return {
    json: { import_id: null as string | null, committed: false, ...previewToJson(preview), refusals },
    text: [...(refused.length > 0 ? [refusalsToText(refusals)] : []), previewToText(preview)].join("\n\n"),
    hasFailed: refused.length > 0,
  } satisfies Outcome;
}
