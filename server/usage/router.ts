import { orgProcedure, router } from "@/server/trpc/procedures";
import { getBreakdown } from "@/server/usage/breakdown";
import { getMemberAround } from "@/server/usage/member-around";
import { getMemberDetail } from "@/server/usage/member-detail";
import { getMemberModels } from "@/server/usage/member-models";
import { getOverview } from "@/server/usage/overview";
import { BreakdownInput, MemberInput, MemberRef, OverviewInput, TrendsInput } from "@/server/usage/schema";
import { getTrends } from "@/server/usage/trends";

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

  memberAround: orgProcedure("usage:read")
    .input(MemberRef)
    .query(({ ctx, input }) => getMemberAround(ctx.scope, input)),

  memberModels: orgProcedure("usage:read")
    .input(MemberInput)
    .query(({ ctx, input }) => getMemberModels(ctx.scope, input)),

  trends: orgProcedure("usage:read")
    .input(TrendsInput)
    .query(({ ctx, input }) => getTrends(ctx.scope, input)),
});
