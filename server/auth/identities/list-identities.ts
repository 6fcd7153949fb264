import { usableIdentities } from "@/server/auth/identities/ways-in";
import { methodOf, type SignInMethod } from "@/server/auth/list-sessions";
import type { SessionUser } from "@/server/auth/sessions";
import { listMemberships } from "@/server/auth/system.sql";
import { prisma } from "@/server/db/client";

export type IdentityEntry = {
  id: string;
  method: SignInMethod;
  email: string | null;
  linkedAt: Date;
  lastUsedAt: Date | null;
  /** Without it there would be no way in. */
  isLastWayIn: boolean;
};

/** The identities that open a person's account, the first one first. */
export async function listIdentities(user: SessionUser): Promise<IdentityEntry[]> {
  const memberships = await listMemberships(user.id);
  const orgs = new Map(memberships.map(({ id, name }) => [id, name]));
  const { passwordHash, identities } = await prisma().user.findFirstOrThrow({
    where: { id: user.id },
    select: { passwordHash: true, identities: { orderBy: { createdAt: "asc" } } },
  });
  const usable = usableIdentities(identities, orgs);
  return identities.map(({ id, provider, email, createdAt, lastUsedAt }) => ({
    id,
    method: methodOf(provider, orgs),
    email,
    linkedAt: createdAt,
    lastUsedAt,
    isLastWayIn: passwordHash === null && usable.every((other) => other.id === id),
  }));
}

/** The providers that open a person's account, as user_identities names them. */
export async function listLinkedProviders(userId: string): Promise<ReadonlySet<string>> {
  const rows = await prisma().userIdentity.findMany({
    where: { userId },
    distinct: ["provider"],
    select: { provider: true },
  });
  return new Set(rows.map(({ provider }) => provider));
}
