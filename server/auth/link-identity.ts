import { z } from "zod";
import { withAccountLog } from "@/server/auth/account-log";
import { issueToken, peekToken, redeemToken } from "@/server/auth/one-time-tokens";
import { tellOfChange } from "@/server/auth/tell-of-change";
import type { Account } from "@/server/auth/account";
import { prisma } from "@/server/db/client";
import type { ClientInfo } from "@/server/lib/client-info";

/** Somebody's account at an identity provider, as user_identities keeps it. */
export const Identity = z.object({ provider: z.string(), subject: z.string(), email: z.string().nullable() });
export type Identity = z.infer<typeof Identity>;

/**
 * Who may use a token: the browser, or the session, that came back from the provider. Sent to somebody else, it would link
 * the sender's identity to the account of whoever signs in with it.
 */
export type LinkHolder = `browser:${string}` | `session:${string}`;

export type LinkOrder = {
  /** By the address that the provider named, or whose session it is. Without an account the token links nothing. */
  account: { id: string; email: string } | null;
  identity: Identity;
  holder: LinkHolder;
};

const Held = Identity.extend({ holder: z.string() });

const LIFETIME_MINUTES = 15;

/** After an identity provider named somebody it is not linked to: the token that links it, once the account's owner has proven to be that. */
export const issueLinkToken = ({ account, identity, holder }: LinkOrder): Promise<string> =>
  issueToken({
    purpose: "link_identity",
    email: account?.email ?? identity.email ?? "",
    userId: account?.id,
    data: { ...identity, holder },
    lifetimeMinutes: LIFETIME_MINUTES,
  });

/** What a token of this account and holder would link; null for one that is another's, used or too old. */
export async function peekLink(accountId: string, token: string, holder: LinkHolder): Promise<Identity | null> {
  return identityOf(await peekToken("link_identity", token), accountId, holder);
}

/**
 * Links the identity that a token stands for to the account whose owner has just proven to be that. Does nothing when the
 * token is too old, used, of another account or holder, or the identity is linked already. @returns whether it is linked now
 */
export async function linkIdentity(
  account: Account,
  token: string,
  { client, holder }: { client: ClientInfo; holder: LinkHolder },
): Promise<boolean> {
  const identity = identityOf(await redeemToken("link_identity", token), account.id, holder);
  if (!identity) return false;
  const isTaken = await prisma().userIdentity.count({
    where: { provider: identity.provider, subject: identity.subject },
  });
  if (isTaken > 0) return false;
  await withAccountLog({ account, action: "identity.link", method: identity.provider, client }, async (tx) => {
    await tx.userIdentity.createMany({ data: [{ userId: account.id, ...identity }], skipDuplicates: true });
  });
  await tellOfChange(account, "identityLinked");
  return true;
}

function identityOf(
  token: { userId: string | null; data: unknown } | null,
  accountId: string,
  holder: LinkHolder,
): Identity | null {
  const held = Held.safeParse(token?.data);
  if (token?.userId !== accountId || !held.success || held.data.holder !== holder) return null;
  const { provider, subject, email } = held.data;
  return { provider, subject, email };
}
