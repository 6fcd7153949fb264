import { z } from "zod";
import type { Account } from "@/server/auth/account";
import { withAccountLog } from "@/server/auth/account-log";
import { issueToken, redeemToken } from "@/server/auth/one-time-tokens";
import { tellOfChange } from "@/server/auth/tell-of-change";
import { prisma } from "@/server/db/client";
import type { ClientInfo } from "@/server/lib/client-info";

/** Somebody's account at an identity provider, as user_identities keeps it. */
export const Identity = z.object({ provider: z.string(), subject: z.string(), email: z.string().nullable() });
export type Identity = z.infer<typeof Identity>;

const LIFETIME_MINUTES = 15;

/**
 * After an identity provider named the address of an account that it is not linked to: the token that links it once the
 * account's owner has signed in with it (SignInCredentials.linkToken).
 */
export const issueLinkToken = (account: Account, identity: Identity): Promise<string> =>
  issueToken({
    purpose: "link_identity",
    email: account.email,
    userId: account.id,
    data: identity,
    lifetimeMinutes: LIFETIME_MINUTES,
  });

/**
 * Links the identity that a token stands for to the account whose owner has just signed in. Does nothing when the token
 * is too old, used, another account's, or the identity is linked already: signing in goes on without it.
 */
export async function linkIdentity(account: Account, token: string, client: ClientInfo): Promise<void> {
  const redeemed = await redeemToken("link_identity", token);
  const identity = Identity.safeParse(redeemed?.data);
  if (redeemed?.userId !== account.id || !identity.success) return;
  const { provider, subject, email } = identity.data;
  const isTaken = await prisma().userIdentity.count({ where: { provider, subject } });
  if (isTaken > 0) return;
  await withAccountLog({ account, action: "identity.link", method: provider, client }, async (tx) => {
    await tx.userIdentity.createMany({
      data: [{ userId: account.id, provider, subject, email }],
      skipDuplicates: true,
    });
  });
  await tellOfChange(account, "identityLinked");
}
