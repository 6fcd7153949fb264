import Bowser from "bowser";
import { listMemberships } from "@/server/auth/system.sql";
import type { SessionUser } from "@/server/auth/sessions";
import { liveAt } from "@/server/auth/sessions";
import { prisma } from "@/server/db/client";

const own = ["password", "magic_link", "second_factor", "google", "github"] as const;

export type Device = { browser: string | null; system: string | null; kind: "desktop" | "mobile" | "tablet" | "other" };

export type SessionEntry = {
  id: string;
  device: Device;
  ip: string | null;
  method: SignInMethod;
  twoFactor: boolean;
  startedAt: Date;
  lastSeenAt: Date;
  isCurrent: boolean;
};

/** `org` names the org whose identity provider it was, to its members. */
export type SignInMethod = { kind: (typeof own)[number] | "oidc"; org: string | null };

/** A person's sessions that still count, this one first, then the latest. */
export async function listSessions(user: SessionUser): Promise<SessionEntry[]> {
  const rows = await prisma().userSession.findMany({
    where: { userId: user.id, ...liveAt(new Date()) },
    orderBy: { lastSeenAt: "desc" },
    take: 200,
  });
  const orgs = new Map((await listMemberships(user.id)).map(({ id, name }) => [id, name]));
  const entries = rows.map(
    (row): SessionEntry => ({
      id: row.id,
      device: deviceOf(row.userAgent),
      ip: row.ip,
      method: methodOf(row.method, orgs),
      twoFactor: row.twoFactor,
      startedAt: row.createdAt,
      lastSeenAt: row.lastSeenAt,
      isCurrent: row.id === user.session.id,
    }),
  );
  return entries.toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
}

const kinds = ["desktop", "mobile", "tablet"] as const;

/** What a browser says of itself: for recognising one's own, not to be relied on. */
export function deviceOf(userAgent: string | null): Device {
  if (!userAgent) return { browser: null, system: null, kind: "other" };
  const { browser, os, platform } = Bowser.parse(userAgent);
  const kind = kinds.find((known) => known === platform.type) ?? "other";
  return { browser: browser.name || null, system: os.name ?? null, kind };
}

/** From what a session keeps: "google", or "oidc:<org id>". */
export function methodOf(method: string, orgs: ReadonlyMap<string, string>): SignInMethod {
  const kind = own.find((known) => known === method);
  return kind ? { kind, org: null } : { kind: "oidc", org: orgs.get(method.slice("oidc:".length)) ?? null };
}
