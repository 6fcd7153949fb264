import { acceptInvitation } from "@/server/members/accept-invitation";
import { resendInvitation, revokeInvitation } from "@/server/members/change-invitation";
import { changeRole } from "@/server/members/change-role";
import { invite } from "@/server/members/invite";
import { listInvitations, listMembers } from "@/server/members/list-members";
import { leaveOrg, removeMember } from "@/server/members/remove-member";
import { ChangeRoleInput, InvitationId, InvitationToken, InviteInput, MemberRef } from "@/server/members/schema";
import { transferOwnership } from "@/server/members/transfer-ownership";
import { viewInvitation } from "@/server/members/view-invitation";
import { orgAccessProcedure, orgProcedure, publicProcedure, router, signedInProcedure } from "@/server/trpc/procedures";

export const membersRouter = router({
  list: orgProcedure("members:read").query(({ ctx }) => listMembers(ctx.scope)),

  changeRole: orgProcedure("members:write")
    .input(ChangeRoleInput)
    .mutation(({ ctx, input }) => changeRole(ctx.scope, input)),

  remove: orgProcedure("members:write")
    .input(MemberRef)
    .mutation(({ ctx, input }) => removeMember(ctx.scope, input)),

  leave: orgProcedure("members:leave").mutation(({ ctx }) => leaveOrg(ctx.scope)),

  transfer: orgProcedure("owners:write")
    .input(MemberRef)
    .mutation(({ ctx, input }) => transferOwnership(ctx.scope, input)),

  invitations: orgProcedure("members:write").query(({ ctx }) => listInvitations(ctx.scope)),

  invite: orgAccessProcedure("members:write")
    .input(InviteInput)
    .mutation(({ ctx, input }) => invite(ctx.access, input)),

  resendInvitation: orgAccessProcedure("members:write")
    .input(InvitationId)
    .mutation(({ ctx, input }) => resendInvitation(ctx.access, input.invitationId)),

  revokeInvitation: orgProcedure("members:write")
    .input(InvitationId)
    .mutation(({ ctx, input }) => revokeInvitation(ctx.scope, input.invitationId)),

  /** For whoever holds the token, signed in or not. */
  invitation: publicProcedure
    .input(InvitationToken)
    .query(({ ctx, input }) => viewInvitation(input.token, ctx.user?.email ?? null)),

  accept: signedInProcedure.input(InvitationToken).mutation(async ({ ctx, input }) => {
    const { slug } = await acceptInvitation(ctx, input.token);
    return { slug };
  }),
});
