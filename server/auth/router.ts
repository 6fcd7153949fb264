import { requestMagicLink } from "@/server/auth/magic-link";
import { peekToken } from "@/server/auth/one-time-tokens";
import { requestPasswordReset, resetPassword } from "@/server/auth/reset-password";
import { isConfigured } from "@/server/auth/identities/public-providers";
import {
  FindSsoInput,
  LinkInput,
  publicProviderIds,
  RequestLinkInput,
  ResetPasswordInput,
  SignUpInput,
} from "@/server/auth/schema";
import { signUp } from "@/server/auth/sign-up";
import { resendVerification } from "@/server/auth/verify-email";
import { findSso } from "@/server/sso/find-sso";
import { publicProcedure, router, signedInProcedure } from "@/server/trpc/procedures";

/** Ways in, for everybody. None of the answers tells whether an address has an account. */
export const authRouter = router({
  signUp: publicProcedure.input(SignUpInput).mutation(({ ctx, input }) => signUp(input, ctx.client)),

  requestMagicLink: publicProcedure.input(RequestLinkInput).mutation(async ({ ctx, input }) => {
    await requestMagicLink(input, ctx.client);
    return { ok: true };
  }),

  resendVerification: publicProcedure.input(RequestLinkInput).mutation(async ({ ctx, input }) => {
    await resendVerification(input, ctx.client);
    return { ok: true };
  }),

  requestPasswordReset: publicProcedure.input(RequestLinkInput).mutation(async ({ ctx, input }) => {
    await requestPasswordReset(input, ctx.client);
    return { ok: true };
  }),

  resetPassword: publicProcedure.input(ResetPasswordInput).mutation(async ({ ctx, input }) => {
    await resetPassword(input, ctx.client);
    return { ok: true };
  }),

  /** Whether a mailed link still works, and for which address: for the page that it opens. Uses nothing up. */
  link: publicProcedure.input(LinkInput).query(async ({ input }) => {
    const found = await peekToken(input.purpose, input.token);
    return found ? { email: found.email } : null;
  }),

  /** The providers that everybody may sign in with here. */
  providers: publicProcedure.query(() => publicProviderIds.filter(isConfigured)),

  /** The single sign-on that an address or an org's name leads to. */
  findSso: publicProcedure.input(FindSsoInput).query(({ ctx, input }) => findSso(input, ctx.client)),

  me: signedInProcedure.query(({ ctx }) => ({ name: ctx.user.name, email: ctx.user.email })),
});
