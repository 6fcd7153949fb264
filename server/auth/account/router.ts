import { linkOffered, readLinkOffer } from "@/server/auth/identities/link-offered";
import { listIdentities } from "@/server/auth/identities/list-identities";
import { unlinkIdentity } from "@/server/auth/identities/unlink-identity";
import { changePassword } from "@/server/auth/change-password";
import { endSessions } from "@/server/auth/end-sessions";
import { getAccount, listAccountEvents, updateProfile } from "@/server/auth/get-account";
import { listSessions } from "@/server/auth/list-sessions";
import { sendPasswordLink } from "@/server/auth/reset-password";
import {
  AppCodeInput,
  ChangePasswordInput,
  CodeInput,
  LinkIdentityInput,
  LinkOfferInput,
  ProfileInput,
  ReauthenticationInput,
  SessionInput,
  UnlinkIdentityInput,
} from "@/server/auth/schema";
import { proveTwoFactor, renewRecoveryCodes, turnOffTwoFactor } from "@/server/auth/two-factor/change";
import { beginTwoFactor, confirmTwoFactor } from "@/server/auth/two-factor/set-up";
import { resendVerification } from "@/server/auth/verify-email";
import { listLinkable } from "@/server/sso/list-linkable";
import { router, signedInProcedure } from "@/server/trpc/procedures";

const twoFactorRouter = router({
  begin: signedInProcedure.mutation(({ ctx }) => beginTwoFactor(ctx)),

  confirm: signedInProcedure.input(AppCodeInput).mutation(({ ctx, input }) => confirmTwoFactor(ctx, input.code)),

  prove: signedInProcedure.input(CodeInput).mutation(async ({ ctx, input }) => {
    await proveTwoFactor(ctx, input.code);
    return { ok: true };
  }),

  renewRecoveryCodes: signedInProcedure
    .input(ReauthenticationInput)
    .mutation(({ ctx, input }) => renewRecoveryCodes(ctx, input.proof)),

  turnOff: signedInProcedure.input(ReauthenticationInput).mutation(async ({ ctx, input }) => {
    await turnOffTwoFactor(ctx, input.proof);
    return { ok: true };
  }),
});

const identitiesRouter = router({
  list: signedInProcedure.query(async ({ ctx }) => ({
    linked: await listIdentities(ctx.user),
    linkable: await listLinkable(ctx.user),
  })),

  /** What came back from a provider with somebody who is signed in already. */
  offer: signedInProcedure.input(LinkOfferInput).query(({ ctx, input }) => readLinkOffer(ctx.user, input.token)),

  link: signedInProcedure.input(LinkIdentityInput).mutation(async ({ ctx, input }) => {
    await linkOffered(ctx, input);
    return { ok: true };
  }),

  unlink: signedInProcedure.input(UnlinkIdentityInput).mutation(async ({ ctx, input }) => {
    await unlinkIdentity(ctx, input);
    return { ok: true };
  }),
});

/** A person's own account. Nothing here belongs to an organization. */
export const accountRouter = router({
  get: signedInProcedure.query(({ ctx }) => getAccount(ctx.user)),

  events: signedInProcedure.query(({ ctx }) => listAccountEvents(ctx.user)),

  updateProfile: signedInProcedure.input(ProfileInput).mutation(async ({ ctx, input }) => {
    await updateProfile(ctx, input);
    return { ok: true };
  }),

  changePassword: signedInProcedure.input(ChangePasswordInput).mutation(async ({ ctx, input }) => {
    await changePassword(ctx, input);
    return { ok: true };
  }),

  sendPasswordLink: signedInProcedure.mutation(async ({ ctx }) => {
    await sendPasswordLink(ctx);
    return { ok: true };
  }),

  sendVerification: signedInProcedure.mutation(async ({ ctx }) => {
    await resendVerification({ email: ctx.user.email }, ctx.client);
    return { ok: true };
  }),

  sessions: signedInProcedure.query(({ ctx }) => listSessions(ctx.user)),

  revokeSession: signedInProcedure.input(SessionInput).mutation(async ({ ctx, input }) => {
    const { user: account, client, requestId } = ctx;
    return { ended: await endSessions({ account, client, requestId }, input) };
  }),

  revokeOtherSessions: signedInProcedure.mutation(async ({ ctx }) => {
    const { user: account, client, requestId } = ctx;
    return { ended: await endSessions({ account, client, requestId }, { except: account.session.id }) };
  }),

  twoFactor: twoFactorRouter,

  identities: identitiesRouter,
});
