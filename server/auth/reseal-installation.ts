import { totpContext } from "@/server/auth/two-factor/totp";
import { prisma } from "@/server/db/client";
import { mailContext } from "@/server/mail/send-mail";
import { resealForInstallation } from "@/server/secrets/installation-key";

const BATCH = 100;

/**
 * Seals second factors and kept mails with the installation's newest key, a batch at a time; what changes meanwhile has
 * it already. @returns how many were sealed anew
 */
export async function resealInstallation(): Promise<number> {
  return (await inBatches(secondFactorsAfter)) + (await inBatches(mailsAfter));
}

/** A sealed value in its row, and how to put another in its place unless it has changed. */
type Sealed = { id: string; value: Uint8Array; context: string; replace: Replace };
type Replace = (fresh: Uint8Array<ArrayBuffer>) => Promise<{ count: number }>;

async function inBatches(after: (id: string | null) => Promise<Sealed[]>): Promise<number> {
  let resealed = 0;
  for (let batch = await after(null); batch.length > 0; batch = await after(batch.at(-1)?.id ?? null)) {
    for (const { value, context, replace } of batch) {
      const fresh = await resealForInstallation(value, context);
      if (fresh) resealed += (await replace(fresh)).count;
    }
  }
  return resealed;
}

async function secondFactorsAfter(id: string | null): Promise<Sealed[]> {
  const rows = await prisma().twoFactor.findMany({
    where: id === null ? {} : { userId: { gt: id } },
    orderBy: { userId: "asc" },
    take: BATCH,
  });
  return rows.map(({ userId, sealedSecret }) => ({
    id: userId,
    value: sealedSecret,
    context: totpContext(userId),
    replace: (fresh) =>
      prisma().twoFactor.updateMany({ where: { userId, sealedSecret }, data: { sealedSecret: fresh } }),
  }));
}

async function mailsAfter(id: string | null): Promise<Sealed[]> {
  const rows = await prisma().mail.findMany({
    where: { sealedBody: { not: null }, ...(id === null ? {} : { id: { gt: id } }) },
    orderBy: { id: "asc" },
    take: BATCH,
  });
  return rows.flatMap(({ id: mailId, sealedBody }) =>
    sealedBody === null
      ? []
      : {
          id: mailId,
          value: sealedBody,
          context: mailContext(mailId),
          replace: (fresh) =>
            prisma().mail.updateMany({ where: { id: mailId, sealedBody }, data: { sealedBody: fresh } }),
        },
  );
}
