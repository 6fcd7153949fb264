import { type Actor, type AuditEntry, recordAudit } from "@/server/audit/record-audit";
import { listMemberships } from "@/server/auth/system.sql";
import { prisma } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { bindTenant } from "@/server/db/tenant";
import type { ClientInfo } from "@/server/lib/client-info";

/** What can happen to an account; noun.verb, as in the audit log. The message files have a sentence for each. */
export const accountActions = [
  "account.create",
  "email.verify",
  "session.start",
  "session.fail",
  "session.revoke",
  "password.change",
  "password.reset",
  "two_factor.on",
  "two_factor.off",
  "recovery_codes.renew",
  "recovery_code.use",
  "identity.link",
  "identity.unlink",
  "profile.change",
] as const;

export type AccountAction = (typeof accountActions)[number];

export type AccountEntry = {
  account: { id: string; email: string };
  action: AccountAction;
  /** How the person signed in or tried to: "password", "magic_link", ... */
  method?: string;
  /** For the orgs' audit logs. */
  change?: Pick<AuditEntry, "before" | "after">;
  client: ClientInfo;
  /** Who did it, where that is not the account's owner. */
  actor?: Actor;
  requestId?: string | null;
};

/**
 * Runs `change` and writes what happened to the person's own history and to the audit log of each of their orgs, all in
 * one transaction. @throws what `change` throws, with nothing written
 */
export async function withAccountLog<T>(
  entry: AccountEntry,
  change: (tx: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  const orgIds = (await listMemberships(entry.account.id)).map(({ id }) => id).toSorted();
  return prisma().$transaction(async (tx) => {
    const result = await change(tx);
    await addAccountEvent(tx, entry);
    for (const orgId of orgIds) await addAuditEvent(tx, orgId, entry);
    return result;
  });
}

/** The person's own history alone: for what concerns nobody else. */
export async function addAccountEvent(tx: Prisma.TransactionClient, entry: AccountEntry): Promise<void> {
  const { account, action, method, client } = entry;
  await tx.accountEvent.createMany({ data: [{ userId: account.id, action, method, ...client }] });
}

async function addAuditEvent(tx: Prisma.TransactionClient, orgId: string, entry: AccountEntry): Promise<void> {
  const { account, action, method, change, client, requestId = null } = entry;
  const actor: Actor = entry.actor ?? { type: "user", id: account.id, name: account.email };
  await recordAudit(
    { org: { id: orgId }, actor, client, requestId, db: await bindTenant(tx, orgId) },
    {
      action,
      target: { type: "user", id: account.id, name: account.email },
      ...(method ? { after: { method } } : change),
    },
  );
}
