import { gitHubConfig } from "@/server/auth/identities/github-config";
import { GOOGLE_ISSUER, oidcConfig } from "@/server/auth/identities/oidc-config";
import type { Client, IdentityProvider } from "@/server/auth/identities/provider";
import type { PublicProviderId } from "@/server/auth/schema";
import { env } from "@/server/env";

/** Who may have an account at these providers is everybody: they prove an address, as a mailed link does. */
const forEverybody = {
  mayCreate: () => Promise.resolve(true),
  maySignIn: () => Promise.resolve(true),
  afterSignIn: () => Promise.resolve(),
};

export const googleProvider = (client: Client, issuer = GOOGLE_ISSUER): IdentityProvider => ({
  method: "google",
  config: oidcConfig({ id: "google", issuer, ...client, vouches: (claims) => claims.email_verified === true }),
  ...forEverybody,
});

export const gitHubProvider = (...at: Parameters<typeof gitHubConfig>): IdentityProvider => ({
  method: "github",
  config: gitHubConfig(...at),
  ...forEverybody,
});

/** Null where the installation is not registered there. */
export function publicProvider(id: PublicProviderId): IdentityProvider | null {
  const client = clientAt(id);
  if (!client) return null;
  return id === "google" ? googleProvider(client) : gitHubProvider(client);
}

function clientAt(id: PublicProviderId): Client | null {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET } = env();
  const [clientId, clientSecret] =
    id === "google" ? [GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET] : [GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET];
  return clientId && clientSecret ? { clientId, clientSecret } : null;
}

export const isConfigured = (id: PublicProviderId): boolean => clientAt(id) !== null;
