import { z } from "zod";
import { locales } from "@/i18n/locales";

/** Addresses are compared in lower case; the bound is RFC 5321's. */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** Long enough to resist guessing, bounded so that hashing stays cheap; no composition rules (NIST 800-63B). */
export const Password = z.string().min(12).max(200);

/** As somebody types it who has one already: whatever it is, it is compared. */
const GivenPassword = z.string().min(1).max(200);

const Token = z.string().min(20).max(100);

export const PersonName = z.string().trim().min(1).max(100);

const Locale = z.enum(locales);

/** Where to go once signed in: a path of ours, checked again by whoever goes there. */
const CallbackPath = z.string().startsWith("/").max(2000);

export const SignUpInput = z.object({
  email: Email,
  password: Password,
  name: PersonName,
  /** Of the mails to this person; the language that the page was read in. */
  locale: Locale.optional(),
  /** Where the link that confirms the address leads on to. */
  callbackPath: CallbackPath.optional(),
});
export type SignUpInput = z.infer<typeof SignUpInput>;

export const SignInInput = z.object({ email: Email, password: GivenPassword });
export type SignInInput = z.infer<typeof SignInInput>;

const PasswordProof = SignInInput.extend({
  /** Of the mail that asks to confirm the address. */
  verifyToken: Token.optional(),
  /** Of an identity provider's answer that names this address: linked once its owner has signed in. */
  linkToken: Token.optional(),
});
const MagicLinkProof = z.object({ magicToken: Token });
/** Six digits of an authenticator app, or a recovery code. */
const Code = z.string().trim().min(6).max(40);

const CodeProof = z.object({
  pendingToken: Token,
  code: Code,
  linkToken: Token.optional(),
});

/** What somebody can present to sign in. */
export const SignInCredentials = z.union([CodeProof, MagicLinkProof, PasswordProof]);
export type SignInCredentials = z.infer<typeof SignInCredentials>;
export type PasswordProof = z.infer<typeof PasswordProof>;
export type CodeProof = z.infer<typeof CodeProof>;

export const RequestLinkInput = z.object({ email: Email, callbackPath: CallbackPath.optional() });
export type RequestLinkInput = z.infer<typeof RequestLinkInput>;

/** What a mailed link stands for. */
export const LinkInput = z.object({ purpose: z.enum(["verify_email", "reset_password", "magic_link"]), token: Token });
export type LinkInput = z.infer<typeof LinkInput>;

export const ResetPasswordInput = z.object({ token: Token, password: Password });
export type ResetPasswordInput = z.infer<typeof ResetPasswordInput>;

export const ChangePasswordInput = z.object({ current: GivenPassword, password: Password });
export type ChangePasswordInput = z.infer<typeof ChangePasswordInput>;

export const ProfileInput = z.object({ name: PersonName, locale: Locale });
export type ProfileInput = z.infer<typeof ProfileInput>;

export const CodeInput = z.object({ code: Code });

/** A code of the app that is being set up. */
export const AppCodeInput = z.object({
  code: z
    .string()
    .trim()
    .regex(/^\d{3} ?\d{3}$/),
});

/** Before the second factor changes: the password, a code of the app or a recovery code. */
export const ReauthenticationInput = z.object({ proof: z.string().min(6).max(200) });
export type ReauthenticationInput = z.infer<typeof ReauthenticationInput>;

export const publicProviderIds = ["google", "github"] as const;
export type PublicProviderId = (typeof publicProviderIds)[number];

/** What next-auth calls the identity provider of an org: the end of its callback's address. */
export const orgProviderId = (slug: string) => `oidc-${slug}`;

/** What somebody types to get to single sign-on: an address, or the name of an organization as in its addresses. */
export const FindSsoInput = z.object({ hint: z.string().trim().toLowerCase().min(1).max(254) });
export type FindSsoInput = z.infer<typeof FindSsoInput>;

/** Where there is a password or a second factor, one of them has to be proven; where not, having just signed in does. */
const Proof = ReauthenticationInput.shape.proof.optional();

export const LinkIdentityInput = z.object({ token: Token, proof: Proof });
export type LinkIdentityInput = z.infer<typeof LinkIdentityInput>;

export const LinkOfferInput = z.object({ token: Token });

export const UnlinkIdentityInput = z.object({ identityId: z.uuid(), proof: Proof });
export type UnlinkIdentityInput = z.infer<typeof UnlinkIdentityInput>;

export const SessionInput = z.object({ sessionId: z.uuid() });
