import { randomBytes } from "node:crypto";
import { Secret } from "otpauth";
import { hashSecret } from "@/server/auth/one-time-tokens";
import type { Prisma } from "@/server/db/generated/client";

export const RECOVERY_CODE_COUNT = 10;
/** 80 bits: cannot be guessed from a plain hash either. */
const BYTES = 10;

/** Sixteen letters and digits in groups of four, as they are read and typed. */
const newCode = () =>
  (new Secret({ buffer: new Uint8Array(randomBytes(BYTES)).buffer }).base32.match(/.{4}/g) ?? [])
    .join("-")
    .toLowerCase();

/** Bound to the person, and to letters and digits alone: spaces, hyphens and capitals do not matter. */
const hashOf = (userId: string, code: string) =>
  hashSecret(`${userId}:${code.toLowerCase().replaceAll(/[^a-z0-9]/g, "")}`);

/** Ten new codes in place of all earlier ones. They are not stored in the clear: show them now or never. */
export async function replaceRecoveryCodes(tx: Prisma.TransactionClient, userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODE_COUNT }, newCode);
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ userId, codeHash: hashOf(userId, code) })) });
  return codes;
}

/** Uses a code up; of two at once, one gets it. */
export async function useRecoveryCode(tx: Prisma.TransactionClient, userId: string, code: string): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({
    where: { userId, codeHash: hashOf(userId, code), usedAt: null },
    data: { usedAt: new Date() },
  });
  return count === 1;
}
