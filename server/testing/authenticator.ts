import { setTimeout as sleep } from "node:timers/promises";
import { Secret, TOTP } from "otpauth";
import type { SessionUser } from "@/server/auth/sessions";
import { startSession } from "@/server/auth/sessions";
import { noClient } from "@/server/lib/client-info";
import { callAs } from "@/server/testing/factories";

const STEP_MS = 30_000;
const ROOM_MS = 5_000;

/** Waits until no step of thirty seconds ends within the next five: codes that a test makes now stay what they are. */
export async function roomInStep(): Promise<void> {
  const left = STEP_MS - (Date.now() % STEP_MS);
  if (left < ROOM_MS) await sleep(left);
}

/** What an authenticator app shows for a secret, now or so many steps of thirty seconds from now. */
export const codeOf = (secret: string, stepsFromNow = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) }).generate({
    timestamp: Date.now() + stepsFromNow * STEP_MS,
  });

/** Signs a person in for real: with a session that is in the database. */
export async function signedIn<User extends SessionUser>(user: User): Promise<User> {
  const id = await startSession({ account: user, proof: { method: "password", twoFactor: false }, client: noClient });
  return { ...user, session: { ...user.session, id } };
}

/** Signs a person in for real and turns the second factor on, confirmed by the step before this one. */
export async function withTwoFactor<User extends SessionUser>(user: User) {
  await roomInStep();
  const me = await signedIn(user);
  const { secret } = await callAs(me).account.twoFactor.begin();
  const { recoveryCodes } = await callAs(me).account.twoFactor.confirm({ code: codeOf(secret, -1) });
  return { user: me, secret, recoveryCodes };
}
