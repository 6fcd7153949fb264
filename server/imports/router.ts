import { commitImport } from "@/server/imports/commit-import";
import { listImports } from "@/server/imports/list-imports";
import { previewImport } from "@/server/imports/preview-import";
import { ImportRef, PreviewInput, RemoveFileInput } from "@/server/imports/schema";
import { discardDraft, undoImport } from "@/server/imports/undo-import";
import { orgAccessProcedure, router } from "@/server/trpc/procedures";

// Files come by a route of their own (api/orgs/[org]/imports): tRPC carries no streams.
export const importsRouter = router({
  list: orgAccessProcedure("usage:read").query(({ ctx }) => listImports(ctx.access)),

  preview: orgAccessProcedure("imports:write")
    .input(PreviewInput)
    .query(({ ctx, input }) => previewImport(ctx.access, input)),

  commit: orgAccessProcedure("imports:write")
    .input(PreviewInput)
    .mutation(({ ctx, input }) => commitImport(ctx.access, input)),

  undo: orgAccessProcedure("imports:write")
    .input(ImportRef)
    .mutation(({ ctx, input }) => undoImport(ctx.access, input.importId)),

  discard: orgAccessProcedure("imports:write")
    .input(ImportRef)
    .mutation(({ ctx, input }) => discardDraft(ctx.access, { importId: input.importId })),

  removeFile: orgAccessProcedure("imports:write")
    .input(RemoveFileInput)
    .mutation(({ ctx, input }) => discardDraft(ctx.access, input)),
});
