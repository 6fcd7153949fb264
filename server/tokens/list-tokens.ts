import type { OrgScope } from "@/server/auth/scope";
import type { ApiToken } from "@/server/db/generated/client";
import type { TenantDb } from "@/server/db/tenant";
import { workingAt } from "@/server/tokens/create-token";
import type { TokenState } from "@/server/tokens/schema";

export type ListedToken = {
  id: string;
  name: string;
  last4: string;
  state: TokenState;
  scopes: string[];
  allowedIps: string[];
  createdAt: Date;
  /** Address of who made it; null for the operator. */
  createdBy: string | null;
  /** Who made it is no member any more: the token belongs to the org and goes on. */
  isMakerGone: boolean;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedIp: string | null;
  revokedAt: Date | null;
  replacedBy: string | null;
};

/** Ended tokens are history, and the audit log has all of it. */
const MOST_ENDED = 500;

/** The org's tokens, those that work first, newest first; of ended ones the latest. */
export async function listTokens({ db }: OrgScope): Promise<ListedToken[]> {
  const now = new Date();
  const newestFirst = { orderBy: { createdAt: "desc" } } as const;
  const working = await db.apiToken.findMany({ where: workingAt(now), ...newestFirst });
  const ended = await db.apiToken.findMany({ where: { NOT: workingAt(now) }, ...newestFirst, take: MOST_ENDED });
  const tokens = [...working, ...ended];
  const makers = await makersOf(db, tokens);
  return tokens.map(({ orgId: _org, tokenHash: _hash, createdBy, ...token }) => ({
    ...token,
    createdBy: makers.get(createdBy)?.email ?? null,
    isMakerGone: makers.get(createdBy)?.isGone ?? false,
    state: stateOf(token, now),
  }));
}

/** Who made tokens, by id, and whether they have left the org. */
async function makersOf(db: TenantDb, tokens: readonly Pick<ApiToken, "createdBy">[]) {
  const ids = [...new Set(tokens.flatMap(({ createdBy }) => createdBy ?? []))];
  const people = await db.user.findMany({ where: { id: { in: ids } }, select: { id: true, email: true } });
  const memberships = await db.membership.findMany({ where: { userId: { in: ids } }, select: { userId: true } });
  const members = new Set(memberships.map(({ userId }) => userId));
  return new Map<string | null, { email: string; isGone: boolean }>(
    people.map(({ id, email }) => [id, { email, isGone: !members.has(id) }]),
  );
}

/** Whether it opens anything: one that was replaced does until its overlap is over. */
export const works = ({ state }: Pick<ListedToken, "state">) => state === "active" || state === "replaced";

type Ends = Pick<ListedToken, "revokedAt" | "expiresAt" | "replacedBy">;

function stateOf({ revokedAt, expiresAt, replacedBy }: Ends, now: Date): TokenState {
  if (revokedAt) return "revoked";
  if (expiresAt && expiresAt <= now) return "expired";
  return replacedBy ? "replaced" : "active";
}
