import { encode } from "uqr";
import { withAccountLog } from "@/server/auth/account-log";
import { assertFreshSession } from "@/server/auth/assert-fresh-session";
import { countTry } from "@/server/auth/credential-limits";
import { endOtherWaysIn } from "@/server/auth/end-sessions";
import type { Caller } from "@/server/auth/scope";
import { tellOfChange } from "@/server/auth/tell-of-change";
import { replaceRecoveryCodes } from "@/server/auth/two-factor/recovery-codes";
import { newTotpSecret, openTotpSecret, sealTotpSecret, stepOfCode, totpUri } from "@/server/auth/two-factor/totp";
import { prisma } from "@/server/db/client";
import { AppError } from "@/server/lib/errors";

export type SetUp = {
  /** Base32, in groups of four, for typing in. */
  secret: string;
  uri: string;
  /** The uri as a QR code: the path of its dark modules in a square of `size` units, quiet zone included. */
  qr: { size: number; path: string };
};

/**
 * Makes a new secret, which counts once a code of it was confirmed; an earlier unconfirmed one is forgotten.
 * @throws AppError forbidden sign_in_again when the session is old, conflict when the second factor is on already
 */
export async function beginTwoFactor({ user }: Caller): Promise<SetUp> {
  await assertFreshSession(user);
  const secret = newTotpSecret();
  const sealedSecret = await sealTotpSecret(user.id, secret);
  await prisma().twoFactor.createMany({ data: [{ userId: user.id, sealedSecret }], skipDuplicates: true });
  const { count } = await prisma().twoFactor.updateMany({
    where: { userId: user.id, confirmedAt: null },
    data: { sealedSecret, lastStep: 0n, createdAt: new Date() },
  });
  if (count === 0) throw alreadyOn();
  const uri = totpUri(secret, user.email);
  return { secret: (secret.match(/.{1,4}/g) ?? []).join(" "), uri, qr: qrOf(uri) };
}

const QUIET_ZONE = 4;

function qrOf(text: string): SetUp["qr"] {
  const { size, data } = encode(text, { border: QUIET_ZONE });
  const modules = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: modules.join("") };
}

/**
 * Turns the second factor on with a first code of the app. This session counts as proven with it; all others end.
 * @returns the recovery codes, which are shown this once
 * @throws AppError forbidden wrong_code, conflict when it is on already, limit
 */
export async function confirmTwoFactor(caller: Caller, code: string): Promise<{ recoveryCodes: string[] }> {
  const { user, client, requestId } = caller;
  const counted = await countTry({ path: "second_factor", email: user.email, client });
  const stored = await prisma().twoFactor.findFirst({ where: { userId: user.id, confirmedAt: null } });
  if (!stored) throw alreadyOn();
  const step = stepOfCode(await openTotpSecret(user.id, stored.sealedSecret), code);
  if (step === null) throw new AppError("forbidden", "wrong_code", { message: "This code is not right." });
  const entry = { account: user, action: "two_factor.on", client, requestId } as const;
  const recoveryCodes = await withAccountLog(entry, async (tx) => {
    const { count } = await tx.twoFactor.updateMany({
      where: { userId: user.id, confirmedAt: null, sealedSecret: stored.sealedSecret },
      data: { confirmedAt: new Date(), lastStep: step },
    });
    if (count === 0) throw alreadyOn();
    await tx.userSession.updateMany({ where: { id: user.session.id }, data: { twoFactor: true } });
    await endOtherWaysIn(tx, user.id, user.session.id);
    return replaceRecoveryCodes(tx, user.id);
  });
  await counted.giveBack();
  await tellOfChange(user, "twoFactorOn");
  return { recoveryCodes };
}

const alreadyOn = () =>
  new AppError("conflict", "two_factor_already_on", { message: "Two-factor sign-in is on already." });
