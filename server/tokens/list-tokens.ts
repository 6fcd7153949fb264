import type { OrgScope } from "@/server/auth/scope";

export type ListedToken = {
  id: string;
  name: string;
  last4: string;
  scopes: string[];
  allowedIps: string[];
  createdAt: Date;
  /** Address of who made it; null for the operator, and for people who are gone. */
  createdBy: string | null;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedIp: string | null;
  revokedAt: Date | null;
  replacedBy: string | null;
};

/** All tokens of the org, those that work first, newest first. */
export async function listTokens({ db }: OrgScope): Promise<ListedToken[]> {
  const tokens = await db.apiToken.findMany({ orderBy: { createdAt: "desc" } });
  const makers = await db.membership.findMany({
    where: { userId: { in: tokens.flatMap(({ createdBy }) => createdBy ?? []) } },
    select: { userId: true, user: { select: { email: true } } },
  });
  const emails = new Map(makers.map(({ userId, user }) => [userId, user.email]));
  const listed = tokens.map(({ orgId: _org, tokenHash: _hash, createdBy, ...token }) => ({
    ...token,
    createdBy: (createdBy && emails.get(createdBy)) ?? null,
  }));
  const now = new Date();
  const isOver = ({ revokedAt, expiresAt }: ListedToken) =>
    revokedAt !== null || (expiresAt !== null && expiresAt <= now);
  return [...listed.filter((token) => !isOver(token)), ...listed.filter(isOver)];
}
