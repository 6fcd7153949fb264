import { customFetch } from "next-auth";
import type { OIDCConfig } from "next-auth/providers";
import { z } from "zod";
import type { Client } from "@/server/auth/identities/provider";
import { Email } from "@/server/auth/schema";
import { safeFetch } from "@/server/lib/safe-fetch";

export const GOOGLE_ISSUER = "https://accounts.google.com";

/** What of a person's claims is looked at. Providers send more, and some send the flag as text. */
const Claims = z.object({
  iss: z.string().max(2000).optional().catch(undefined),
  sub: z.string().min(1).max(255),
  email: Email.optional().catch(undefined),
  email_verified: z.union([z.boolean(), z.stringbool()]).optional().catch(undefined),
  name: z.string().trim().min(1).optional().catch(undefined),
  /** Google's: the domain of the organization that the account belongs to. */
  hd: z.string().optional().catch(undefined),
});
export type Claims = z.infer<typeof Claims>;

type OidcOptions = Client & {
  /** next-auth's: part of the callback's address. */
  id: string;
  issuer: string;
  /** Whether the provider vouches for the address in these claims. */
  vouches: (claims: Claims) => boolean;
};

/**
 * An OpenID Connect provider by its issuer alone. All that is fetched from there goes through the guard for addresses that
 * somebody typed. The token's issuer, audience, nonce and lifetime are checked; that it is the provider's follows from
 * where it was fetched (OpenID Connect Core, 3.1.3.7).
 */
export const oidcConfig = ({ id, issuer, clientId, clientSecret, vouches }: OidcOptions): OIDCConfig<object> => ({
  id,
  name: id,
  type: "oidc",
  issuer,
  clientId,
  clientSecret,
  checks: ["pkce", "state", "nonce"],
  // The claims of the userinfo endpoint, too: not every provider puts the address into the token.
  idToken: false,
  profile: (userinfo, { id_token }) => personOf(claimsOf(userinfo, id_token ?? ""), vouches),
  [customFetch]: safeFetch,
});

/** The token was checked where it came in. Address and flag are of one source: of two, one could vouch for the other's. */
function claimsOf(userinfo: object, idToken: string): Claims {
  const inToken = JSON.parse(Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString("utf8")) as object;
  const { email, email_verified, ...rest } = { ...inToken } as Record<string, unknown>;
  return Claims.parse("email" in userinfo ? { ...rest, ...userinfo } : { ...rest, ...userinfo, email, email_verified });
}

const personOf = (claims: Claims, vouches: OidcOptions["vouches"]) => ({
  id: claims.sub,
  name: claims.name ?? null,
  email: claims.email && vouches(claims) ? claims.email : null,
});
