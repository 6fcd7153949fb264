import { deviceOf, methodOf, type Device, type SignInMethod } from "@/server/auth/list-sessions";
import { type AccountAction, withAccountLog } from "@/server/auth/account-log";
import { isOperator } from "@/server/auth/operator";
import type { ProfileInput } from "@/server/auth/schema";
import type { Caller } from "@/server/auth/scope";
import type { SessionUser } from "@/server/auth/sessions";
import { listMemberships } from "@/server/auth/system.sql";
import { prisma } from "@/server/db/client";

export type AccountOverview = {
  name: string;
  email: string;
  isVerified: boolean;
  locale: string | null;
  hasPassword: boolean;
  twoFactor: { isOn: boolean; since: Date | null; recoveryCodesLeft: number; isProvenInThisSession: boolean };
  isOperator: boolean;
};

/** What a person's own screens show of the account. */
export async function getAccount(user: SessionUser): Promise<AccountOverview> {
  const stored = await prisma().user.findFirstOrThrow({
    where: { id: user.id },
    select: { passwordHash: true, twoFactor: { select: { confirmedAt: true } } },
  });
  const recoveryCodesLeft = await prisma().recoveryCode.count({ where: { userId: user.id, usedAt: null } });
  const since = stored.twoFactor?.confirmedAt ?? null;
  return {
    name: user.name,
    email: user.email,
    isVerified: user.isVerified,
    locale: user.locale,
    hasPassword: stored.passwordHash !== null,
    twoFactor: { isOn: since !== null, since, recoveryCodesLeft, isProvenInThisSession: user.session.twoFactor },
    isOperator: await isOperator(user),
  };
}

/** Changes what others call the person, which their orgs' audit logs tell of, and the language of mails. */
export async function updateProfile(
  { user, client, requestId }: Caller,
  { name, locale }: ProfileInput,
): Promise<void> {
  const { id, name: before } = user;
  if (name === before) {
    await prisma().user.updateMany({ where: { id }, data: { locale } });
    return;
  }
  const change = { before: { name: before }, after: { name } };
  await withAccountLog({ account: user, action: "profile.change", change, client, requestId }, (tx) =>
    tx.user.updateMany({ where: { id }, data: { name, locale } }),
  );
}

export type AccountEventEntry = {
  id: string;
  at: Date;
  action: AccountAction;
  method: SignInMethod | null;
  device: Device;
  ip: string | null;
};

const PAGE = 100;

/** What happened to the account lately, newest first. */
export async function listAccountEvents(user: SessionUser): Promise<AccountEventEntry[]> {
  const rows = await prisma().accountEvent.findMany({
    where: { userId: user.id },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: PAGE,
  });
  const orgs = new Map((await listMemberships(user.id)).map(({ id, name }) => [id, name]));
  return rows.map(({ id, at, action, method, ip, userAgent }) => ({
    id,
    at,
    action: action as AccountAction,
    method: method ? methodOf(method, orgs) : null,
    device: deviceOf(userAgent),
    ip,
  }));
}
