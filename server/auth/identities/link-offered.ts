import { assertOwner } from "@/server/auth/identities/assert-owner";
import { identityTaken } from "@/server/auth/identities/sign-in-by-identity";
import { type LinkHolder, linkIdentity, peekLink } from "@/server/auth/link-identity";
import { methodOf, type SignInMethod } from "@/server/auth/list-sessions";
import { type LinkIdentityInput, orgProviderId, publicProviderIds } from "@/server/auth/schema";
import type { Caller } from "@/server/auth/scope";
import type { SessionUser } from "@/server/auth/sessions";
import { listMemberships } from "@/server/auth/system.sql";
import { AppError } from "@/server/lib/errors";

/** What somebody who is signed in came back with from a provider. */
export type LinkOffer = {
  method: SignInMethod;
  email: string | null;
  /** next-auth's, for signing in by it; null for an org that the person does not belong to. */
  providerId: string | null;
};

const holderOf = ({ session }: SessionUser): LinkHolder => `session:${session.id}`;

/** What a token would link to the person's account; null for one that is not of this session, used or too old. */
export async function readLinkOffer(user: SessionUser, token: string): Promise<LinkOffer | null> {
  const identity = await peekLink(user.id, token, holderOf(user));
  if (!identity) return null;
  const { provider, email } = identity;
  const memberships = await listMemberships(user.id);
  const org = memberships.find(({ id }) => provider === `oidc:${id}`);
  return {
    method: methodOf(provider, new Map(memberships.map(({ id, name }) => [id, name]))),
    email,
    providerId: org ? orgProviderId(org.slug) : (publicProviderIds.find((id) => id === provider) ?? null),
  };
}

/**
 * Links what the provider has proven to the account, once its owner has proven to be that as well.
 * @throws AppError unauthenticated link_expired, conflict identity_taken, forbidden (wrong_proof, sign_in_again), limit
 */
export async function linkOffered(caller: Caller, { token, proof }: LinkIdentityInput): Promise<void> {
  const { user, client } = caller;
  await assertOwner(caller, proof);
  const holder = holderOf(user);
  if (!(await peekLink(user.id, token, holder))) {
    throw new AppError("unauthenticated", "link_expired", { message: "This took too long. Please begin again." });
  }
  if (!(await linkIdentity(user, token, { client, holder }))) throw identityTaken();
}
