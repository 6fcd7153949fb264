import { withAccountLog } from "@/server/auth/account-log";
import { assertOwner } from "@/server/auth/identities/assert-owner";
import { lockAccount } from "@/server/auth/identities/identities.sql";
import { usableIdentities } from "@/server/auth/identities/ways-in";
import { forgetTokensOf } from "@/server/auth/one-time-tokens";
import type { UnlinkIdentityInput } from "@/server/auth/schema";
import type { Caller } from "@/server/auth/scope";
import { revokeSessions } from "@/server/auth/sessions";
import { listMemberships } from "@/server/auth/system.sql";
import { tellOfChange } from "@/server/auth/tell-of-change";
import { prisma } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { AppError, notFound } from "@/server/lib/errors";

/**
 * Takes an identity off the account, and ends other sessions that it opened or was about to open. The last way in stays.
 * @throws AppError not_found, precondition last_way_in, forbidden (wrong_proof, sign_in_again), limit
 */
export async function unlinkIdentity(caller: Caller, { identityId, proof }: UnlinkIdentityInput): Promise<void> {
  const { user, client, requestId } = caller;
  await assertOwner(caller, proof);
  const identity = await prisma().userIdentity.findFirst({ where: { id: identityId, userId: user.id } });
  if (!identity) throw notFound("identity");
  const method = identity.provider;
  const orgs = new Set((await listMemberships(user.id)).map(({ id }) => id));
  await withAccountLog({ account: user, action: "identity.unlink", method, client, requestId }, async (tx) => {
    await lockAccount(tx, user.id);
    await assertOtherWay(tx, { userId: user.id, identityId, orgs });
    const { count } = await tx.userIdentity.deleteMany({ where: { id: identityId, userId: user.id } });
    if (count === 0) throw notFound("identity");
    await forgetTokensOf(tx, method, user.id);
    await revokeSessions(tx, { userId: user.id, method, id: { not: user.session.id } });
  });
  await tellOfChange(user, "identityUnlinked");
}

type Without = { userId: string; identityId: string; orgs: ReadonlySet<string> };

async function assertOtherWay(tx: Prisma.TransactionClient, { userId, identityId, orgs }: Without): Promise<void> {
  const { passwordHash, identities } = await tx.user.findFirstOrThrow({
    where: { id: userId },
    select: { passwordHash: true, identities: { where: { id: { not: identityId } }, select: { provider: true } } },
  });
  if (passwordHash !== null || usableIdentities(identities, orgs).length > 0) return;
  throw new AppError("precondition", "last_way_in", {
    message: "This is the only way into your account. Set a password or add another way first.",
  });
}
