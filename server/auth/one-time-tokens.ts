import { createHash, randomBytes } from "node:crypto";
import { prisma } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { OneTimeTokenPurpose } from "@/server/db/generated/enums";

export type TokenOrder = {
  purpose: OneTimeTokenPurpose;
  email: string;
  userId?: string;
  data?: Prisma.InputJsonObject;
  lifetimeMinutes: number;
};

export type RedeemedToken = { email: string; userId: string | null; data: Prisma.JsonValue };

/** 256 random bits in base64url; what is stored of it is its hash. */
export const newSecret = () => randomBytes(32).toString("base64url");

/** Secrets of 256 bits cannot be guessed from a plain hash. */
export const hashSecret = (secret: string) => createHash("sha256").update(secret).digest("hex");

/** Issues a token that works once, until it expires. Earlier ones of the same purpose and address stop working. */
export async function issueToken(order: TokenOrder): Promise<string> {
  const { purpose, email, userId, data, lifetimeMinutes } = order;
  const token = newSecret();
  const now = new Date();
  await prisma().$transaction([
    prisma().oneTimeToken.updateMany({ where: { purpose, email, usedAt: null }, data: { usedAt: now } }),
    prisma().oneTimeToken.createMany({
      data: [
        {
          tokenHash: hashSecret(token),
          purpose,
          email,
          userId,
          data,
          expiresAt: new Date(now.getTime() + lifetimeMinutes * 60_000),
        },
      ],
    }),
  ]);
  return token;
}

/** Uses a token up; of two at once, one gets it. Null when it is unknown, used, expired or of another purpose. */
export async function redeemToken(purpose: OneTimeTokenPurpose, token: string): Promise<RedeemedToken | null> {
  const tokenHash = hashSecret(token);
  const { count } = await prisma().oneTimeToken.updateMany({
    where: { tokenHash, purpose, usedAt: null, expiresAt: { gt: new Date() } },
    data: { usedAt: new Date() },
  });
  return count === 0 ? null : readToken(tokenHash);
}

/** What a token stands for, without using it. */
export async function peekToken(purpose: OneTimeTokenPurpose, token: string): Promise<RedeemedToken | null> {
  const tokenHash = hashSecret(token);
  const isLive = await prisma().oneTimeToken.count({
    where: { tokenHash, purpose, usedAt: null, expiresAt: { gt: new Date() } },
  });
  return isLive === 0 ? null : readToken(tokenHash);
}

/**
 * Forgets what an identity provider ("google", "oidc:<org id>") has begun, of everybody or one person: sign-ins that wait
 * for their second factor, and links on offer.
 */
export const forgetTokensOf = (tx: Prisma.TransactionClient, provider: string, userId?: string) =>
  tx.oneTimeToken.deleteMany({
    where: {
      userId,
      OR: [
        { purpose: "second_factor", data: { path: ["method"], equals: provider } },
        { purpose: "link_identity", data: { path: ["provider"], equals: provider } },
      ],
    },
  });

const readToken = (tokenHash: string) =>
  prisma().oneTimeToken.findFirstOrThrow({
    where: { tokenHash },
    select: { email: true, userId: true, data: true },
  });
