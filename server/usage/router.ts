import { orgProcedure, router } from "@/server/trpc/procedures";
import { getBreakdown } from "@/server/usage/breakdown";
import { getMemberDetail } from "@/server/usage/member-detail";
import { getOverview } from "@/server/usage/overview";
import { BreakdownInput, MemberInput, OverviewInput } from "@/server/usage/schema";

export const usageRouter = router({
  overview: orgProcedure("usage:read")
    .input(OverviewInput)
    .query(({ ctx, input }) => getOverview(ctx.scope, input.range)),

  breakdown: orgProcedure("usage:read")
    .input(BreakdownInput)
    .query(({ ctx, input }) => getBreakdown(ctx.scope, input)),

  member: orgProcedure("usage:read")
    .input(MemberInput)
    .query(({ ctx, input }) => getMemberDetail(ctx.scope, input)),
});
