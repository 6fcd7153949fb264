import type { Provider } from "next-auth/providers";
import type { Account } from "@/server/auth/account";
import type { ClientInfo } from "@/server/lib/client-info";

/** What signing in asks of an identity provider, besides the protocol. */
export type IdentityProvider = {
  /** "google", "github" or "oidc:<org id>": in sessions, identities and histories. */
  method: string;
  /** How next-auth speaks with it. Its `profile` names an address only if the provider vouches for it. */
  config: Provider;
  /** Whether somebody new may have an account by this address. */
  mayCreate: (email: string) => Promise<boolean>;
  /** Whether it may still sign in to an account that it is linked to. */
  maySignIn: (account: Account) => Promise<boolean>;
  /** What it does for whoever it has signed in; `email` as it vouches for it. */
  afterSignIn: (arrival: Arrival) => Promise<void>;
};

export type Arrival = { account: Account; email: string | null; client: ClientInfo };

/** By next-auth's id of it: "google", "github" or "oidc-<slug>"; null for one that is not set up. */
export type FindProvider = (id: string) => Promise<IdentityProvider | null>;

/** What a registration at a provider consists of. */
export type Client = { clientId: string; clientSecret: string };
