import { explore } from "@/server/explore/explore";
import { ExploreInput, ViewChange, ViewInput, ViewRef } from "@/server/explore/schema";
import { createView, deleteView, listViews, updateView } from "@/server/explore/views";
import { explainChange } from "@/server/explore/why";
import { orgProcedure, router } from "@/server/trpc/procedures";

export const exploreRouter = router({
  query: orgProcedure("usage:read")
    .input(ExploreInput)
    .query(({ ctx, input }) => explore(ctx.scope, input.query)),

  why: orgProcedure("usage:read")
    .input(ExploreInput)
    .query(({ ctx, input }) => explainChange(ctx.scope, input.query)),

  views: orgProcedure("usage:read").query(({ ctx }) => listViews(ctx.scope)),

  createView: orgProcedure("views:write")
    .input(ViewInput)
    .mutation(({ ctx, input }) => createView(ctx.scope, input)),

  updateView: orgProcedure("views:write")
    .input(ViewChange)
    .mutation(({ ctx, input }) => updateView(ctx.scope, input)),

  deleteView: orgProcedure("views:write")
    .input(ViewRef)
    .mutation(({ ctx, input }) => deleteView(ctx.scope, input.viewId)),
});
