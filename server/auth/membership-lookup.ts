import { findMembership, type MembershipRef } from "@/server/auth/system.sql";

/** What somebody is in the org of a slug; null for a stranger. */
export type MembershipLookup = (userId: string, slug: string) => Promise<MembershipRef | null>;

/**
 * A lookup for the queries of one request, which are asked together: each org is looked up once. To be made anew for every
 * request and never kept: whoever is removed has no part in the next one.
 */
export function membershipsOfRequest(): MembershipLookup {
  const found = new Map<string, Promise<MembershipRef | null>>();
  return (userId, slug) => {
    const key = `${userId} ${slug}`;
    const membership = found.get(key) ?? findMembership(userId, slug);
    found.set(key, membership);
    return membership;
  };
}
