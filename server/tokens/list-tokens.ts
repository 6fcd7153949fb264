import type { OrgScope } from "@/server/auth/scope";
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

/** All tokens of the org, those that work first, newest first. */
export async function listTokens({ db }: OrgScope): Promise<ListedToken[]> {
  const tokens = await db.apiToken.findMany({ orderBy: { createdAt: "desc" } });
  const ids = [...new Set(tokens.flatMap(({ createdBy }) => createdBy ?? []))];
  const makers = await db.user.findMany({ where: { id: { in: ids } }, select: { id: true, email: true } });
  const emails = new Map(makers.map(({ id, email }) => [id, email]));
  const memberships = await db.membership.findMany({ where: { userId: { in: ids } }, select: { userId: true } });
  const members = new Set(memberships.map(({ userId }) => userId));
  const now = new Date();
  const listed = tokens.map(({ orgId: _org, tokenHash: _hash, createdBy, ...token }) => ({
    ...token,
    createdBy: (createdBy && emails.get(createdBy)) ?? null,
    isMakerGone: createdBy !== null && !members.has(createdBy),
    state: stateOf(token, now),
  }));
  return [...listed.filter((token) => works(token)), ...listed.filter((token) => !works(token))];
}

/** Whether it opens anything: one that was replaced does until its overlap is over. */
export const works = ({ state }: Pick<ListedToken, "state">) => state === "active" || state === "replaced";

type Ends = Pick<ListedToken, "revokedAt" | "expiresAt" | "replacedBy">;

function stateOf({ revokedAt, expiresAt, replacedBy }: Ends, now: Date): TokenState {
  if (revokedAt) return "revoked";
  if (expiresAt && expiresAt <= now) return "expired";
  return replacedBy ? "replaced" : "active";
}
