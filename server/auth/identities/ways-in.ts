import { isConfigured } from "@/server/auth/identities/public-providers";
import { publicProviderIds } from "@/server/auth/schema";

/** Those that can be signed in with today: of providers that are set up, and of orgs that the person belongs to. */
export function usableIdentities<T extends { provider: string }>(
  identities: readonly T[],
  orgs: { has: (id: string) => boolean },
): T[] {
  return identities.filter(({ provider }) => {
    const known = publicProviderIds.find((id) => id === provider);
    return known ? isConfigured(known) : orgs.has(provider.slice("oidc:".length));
  });
}
