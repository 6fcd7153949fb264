import { setTimeout as sleep } from "node:timers/promises";
import { timed } from "@/bench/lib/statistics";
import { createUser } from "@/server/auth/create-user";
import { credentialLimits } from "@/server/auth/credential-limits";
import { startSession } from "@/server/auth/sessions";
import { signIn } from "@/server/auth/sign-in";
import { AppError } from "@/server/lib/errors";
import { PASSWORD } from "../lib/password.mjs";

const ATTACKERS = 50;
const SECONDS = 20;
const OWNER_EVERY_MS = 1_500;

export type Attack = {
  guesses: number;
  /** Guesses at the account that a password was really compared for. */
  checked: number;
  refused: number;
  /** What the limits allow all of them together. */
  allowed: number;
  /** Milliseconds until a refused guess was answered. */
  refusalMs: number[];
  /** The account's owner, from a network that the account knows. */
  owner: { tries: number; signedIn: number; ms: number[] };
};

/**
 * Fifty attackers, each from a network of its own, guess the password of one account for a while as fast as they are
 * answered, while its owner goes on signing in from home.
 */
export async function measureAttack(): Promise<Attack> {
  const email = "victim@example.com";
  const home = { ip: "198.51.100.7", userAgent: "Owner" };
  const { id } = await createUser({ email, name: "Victim", password: PASSWORD });
  await startSession({ account: { id, email }, proof: { method: "password", twoFactor: false }, client: home });

  const attack: Attack = {
    guesses: 0,
    checked: 0,
    refused: 0,
    allowed: credentialLimits.sign_in.account.max,
    refusalMs: [],
    owner: { tries: 0, signedIn: 0, ms: [] },
  };
  const end = Date.now() + SECONDS * 1000;

  const attacker = async (place: number) => {
    const client = { ip: `203.0.113.${place + 1}`, userAgent: "Attacker" };
    for (let guess = 0; Date.now() < end; guess++) {
      const { ms, value: error } = await timed(() => failureOf(signIn({ email, password: `guess ${guess}` }, client)));
      attack.guesses++;
      if (!(error instanceof AppError)) throw error ?? new Error("a guess was let in");
      if (error.reason === "too_many_attempts") {
        attack.refused++;
        attack.refusalMs.push(ms);
      } else attack.checked++;
    }
  };

  const owner = async () => {
    while (Date.now() < end) {
      await sleep(OWNER_EVERY_MS);
      const { ms, value: error } = await timed(() => failureOf(signIn({ email, password: PASSWORD }, home)));
      attack.owner.tries++;
      if (error === null) attack.owner.signedIn++;
      attack.owner.ms.push(ms);
    }
  };

  await Promise.all([owner(), ...Array.from({ length: ATTACKERS }, (_, place) => attacker(place))]);
  return attack;
}

const failureOf = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => null,
    (error: unknown) => error,
  );
