import { type Claims, GOOGLE_ISSUER } from "@/server/auth/identities/oidc-config";

/**
 * What an org's own provider says of addresses counts unless it says that nobody has checked; many say nothing. Google
 * gives accounts to everybody, with whatever address they once proved: there the account itself has to be the org's.
 */
export function vouches({ iss, email, email_verified, hd }: Claims): boolean {
  if (iss === GOOGLE_ISSUER) return email_verified === true && email?.endsWith(`@${hd}`) === true;
  return email_verified !== false;
}
