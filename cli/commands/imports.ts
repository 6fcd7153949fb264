import { openOrg } from "@/cli/access";
import { defineCommand } from "@/cli/command";
import { renderTable } from "@/cli/output/table";
import type { ImportSummary } from "@/server/imports/schema";

type Options = { org: string };

export const importsList = defineCommand<Options>({
  name: "imports list",
  summary: "Imported files, newest first",
  define: (command) => command.requiredOption("--org <slug>", "organization of Tollkeeper"),

  prepare: (options) => async () => {
    const { listImports } = await import("@/server/imports/list-imports");
    const { summaryToJson } = await import("@/server/imports/import-json");
    const rows = await listImports(await openOrg(options.org));
    return {
      json: { rows: rows.map(summaryToJson) },
      text: rows.length === 0 ? "Nothing was imported." : toTable(rows),
    };
  },
});

const toTable = (rows: readonly ImportSummary[]) =>
  renderTable(
    [
      { title: "id" },
      { title: "state" },
      { title: "at" },
      { title: "by" },
      { title: "days that count", align: "count" },
      { title: "files" },
    ],
    rows.map(({ id, state, committedAt, committedBy, countedDays, files }) => [
      id,
      state,
      committedAt,
      committedBy,
      countedDays,
      files.map(({ name }) => name).join(", "),
    ]),
  );

export const importsUndo = defineCommand<Options>({
  name: "imports undo",
  summary: "Take back all that an import brought in",
  define: (command) =>
    command.argument("<id>", "the import").requiredOption("--org <slug>", "organization of Tollkeeper"),

  prepare: async (options, _standard, [id]) => {
    const { ImportRef } = await import("@/server/imports/schema");
    const { importId } = ImportRef.parse({ importId: id });
    return async () => {
      const { undoImport } = await import("@/server/imports/undo-import");
      await undoImport(await openOrg(options.org), importId);
      return { json: { import_id: importId, undone: true }, text: `Undone: ${importId}.` };
    };
  },
});
