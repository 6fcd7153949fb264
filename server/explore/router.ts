import { explore } from "@/server/explore/explore";
import { ExploreInput } from "@/server/explore/schema";
import { orgProcedure, router } from "@/server/trpc/procedures";

export const exploreRouter = router({
  query: orgProcedure("usage:read")
    .input(ExploreInput)
    .query(({ ctx, input }) => explore(ctx.scope, input.query)),
});
