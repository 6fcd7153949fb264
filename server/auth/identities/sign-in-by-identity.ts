import type { Locale } from "@/i18n/locales";
import { type Account, accountColumns } from "@/server/auth/account";
import { addAccountEvent } from "@/server/auth/account-log";
import { recordFailedSignIn } from "@/server/auth/failed-sign-in";
import type { IdentityProvider } from "@/server/auth/identities/provider";
import { issueLinkToken } from "@/server/auth/link-identity";
import { PersonName } from "@/server/auth/schema";
import type { SessionUser } from "@/server/auth/sessions";
import { afterFirstFactor, type SignInStep } from "@/server/auth/sign-in";
import { prisma } from "@/server/db/client";
import type { ClientInfo } from "@/server/lib/client-info";
import { AppError } from "@/server/lib/errors";

/** What a provider has proven of somebody; `email` only if it vouches for that. */
export type ProvenIdentity = { subject: string; email: string | null; name: string | null };

/** Where somebody came back to. */
export type Visit = {
  client: ClientInfo;
  /** See browserOf. */
  browser: string;
  /** Of the mails to somebody new. */
  locale: Locale;
  /** Whose session the browser has. */
  viewer: SessionUser | null;
  /** Whether they came to add a way in to that account, and to no other. */
  isLinking: boolean;
};

/** In, one step further, or about to link: signed in already, or by signing in with the account of an address. */
export type IdentityStep = SignInStep | { kind: "link"; token: string; email: string | null; isSignedIn: boolean };

/**
 * Signs in by what an identity provider has proven. An identity opens the account that it is linked to and no other: an
 * address alone links nothing. Somebody new gets an account, where the provider may speak for the address.
 * @throws AppError forbidden (sso_not_member, provider_no_address), conflict (identity_taken)
 */
export async function signInByIdentity(
  provider: IdentityProvider,
  identity: ProvenIdentity,
  visit: Visit,
): Promise<IdentityStep> {
  const linked = await findLinked(provider.method, identity.subject);
  if (linked && visit.isLinking && linked.id !== visit.viewer?.id) throw identityTaken();
  const account = linked ?? (visit.viewer ? null : await createAccount(provider, identity, visit));
  if (!account) return askToLink(provider, identity, visit);
  if (!(await provider.maySignIn(account))) {
    await recordFailedSignIn(account, provider.method, visit.client);
    throw notMember();
  }
  await noteUse(provider.method, identity);
  await provider.afterSignIn({ account, email: identity.email, client: visit.client });
  return afterFirstFactor(account, provider.method);
}

async function findLinked(provider: string, subject: string): Promise<Account | null> {
  const found = await prisma().userIdentity.findFirst({
    where: { provider, subject },
    select: { user: { select: accountColumns } },
  });
  return found?.user ?? null;
}

const noteUse = (provider: string, { subject, email }: ProvenIdentity) =>
  prisma().userIdentity.updateMany({ where: { provider, subject }, data: { lastUsedAt: new Date(), email } });

/**
 * The same whether or not the address has an account, where the provider may not speak for it: organizations choose what
 * theirs say, and would learn who has one.
 */
async function askToLink(
  { method }: IdentityProvider,
  { subject, email }: ProvenIdentity,
  { viewer, browser }: Visit,
): Promise<IdentityStep> {
  if (!viewer && !email) throw noAddress();
  const account = viewer ?? (await prisma().user.findFirst({ where: { email: email ?? "" }, select: accountColumns }));
  const token = await issueLinkToken({
    account,
    identity: { provider: method, subject, email },
    holder: viewer ? `session:${viewer.session.id}` : `browser:${browser}`,
  });
  return { kind: "link", token, email, isSignedIn: viewer !== null };
}

/** Null when the address has an account, or the provider may not speak for it. */
async function createAccount(
  { method, mayCreate }: IdentityProvider,
  { subject, email, name }: ProvenIdentity,
  { client, locale }: Visit,
): Promise<Account | null> {
  if (!email || !(await mayCreate(email))) return null;
  return prisma().$transaction(async (tx) => {
    const { count } = await tx.user.createMany({
      data: [{ email, name: nameOf(name, email), locale, emailVerifiedAt: new Date() }],
      skipDuplicates: true,
    });
    if (count === 0) return null;
    const account = await tx.user.findFirstOrThrow({ where: { email }, select: accountColumns });
    await tx.userIdentity.create({ data: { userId: account.id, provider: method, subject, email } });
    await addAccountEvent(tx, { account, action: "account.create", method, client });
    return account;
  });
}

const nameOf = (name: string | null, email: string) => PersonName.safeParse(name).data ?? email.split("@")[0] ?? email;

const noAddress = () =>
  new AppError("forbidden", "provider_no_address", {
    message: "The provider named no verified e-mail address, and no account is linked to this one.",
  });

export const identityTaken = () =>
  new AppError("conflict", "identity_taken", { message: "This is linked to another account already." });

const notMember = () =>
  new AppError("forbidden", "sso_not_member", {
    message: "Your account no longer belongs to this organization. Sign in another way.",
  });
