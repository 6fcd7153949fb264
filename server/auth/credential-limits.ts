import ipaddr from "ipaddr.js";
import { type Attempt, giveBack, type Limit, throttle } from "@/server/auth/throttle";
import { prisma } from "@/server/db/client";
import type { ClientInfo } from "@/server/lib/client-info";
import { MS_PER_DAY } from "@/server/lib/time";

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * How often somebody may try. `together`: one account from one network. `network`: whatever account. `account`: from all
 * networks that the account is not known to use, so that strangers use up their own limit and never the owner's.
 */
type CredentialLimits = { together: Rate; network: Rate; account: Rate };
type Rate = { max: number; windowSeconds: number };

/** For what names no account. */
const everyNetwork = (max: number): CredentialLimits => {
  const rate = { max, windowSeconds: 15 * MINUTE };
  return { together: rate, network: rate, account: rate };
};

export const credentialLimits = {
  sign_in: {
    together: { max: 10, windowSeconds: 15 * MINUTE },
    network: { max: 50, windowSeconds: 15 * MINUTE },
    account: { max: 30, windowSeconds: HOUR },
  },
  second_factor: {
    together: { max: 5, windowSeconds: 15 * MINUTE },
    network: { max: 30, windowSeconds: 15 * MINUTE },
    account: { max: 10, windowSeconds: HOUR },
  },
  /** Asked of somebody who is signed in, before what a stolen session should not be able to do. */
  reauthenticate: {
    together: { max: 10, windowSeconds: 15 * MINUTE },
    network: { max: 50, windowSeconds: 15 * MINUTE },
    account: { max: 20, windowSeconds: HOUR },
  },
  /** Sign-ins that begin at an identity provider, each of which asks it something; and what comes back from there. */
  provider_start: everyNetwork(100),
  provider_answer: everyNetwork(50),
  /** Whether an address or a name leads to single sign-on. */
  provider_lookup: everyNetwork(300),
  sign_up: {
    together: { max: 5, windowSeconds: HOUR },
    network: { max: 100, windowSeconds: HOUR },
    account: { max: 10, windowSeconds: HOUR },
  },
  /** Each of these may send a mail to somebody who did not ask for it. */
  mail_link: {
    together: { max: 5, windowSeconds: HOUR },
    network: { max: 60, windowSeconds: HOUR },
    account: { max: 10, windowSeconds: HOUR },
  },
  /** Tokens of 256 bits are not guessed; what is limited is the work. */
  redeem: {
    together: { max: 30, windowSeconds: 15 * MINUTE },
    network: { max: 30, windowSeconds: 15 * MINUTE },
    account: { max: 30, windowSeconds: 15 * MINUTE },
  },
} as const satisfies Record<string, CredentialLimits>;

export type CredentialPath = keyof typeof credentialLimits;

/** The account's address, whether or not it has an account; null where none is named. */
export type Credential = { path: CredentialPath; email: string | null; client: ClientInfo };

export type CountedTry = {
  /** For tries that were no guesses: right ones. */
  giveBack: () => Promise<void>;
};

/** Counts a try. @throws AppError limit with the seconds to wait */
export async function countTry(credential: Credential): Promise<CountedTry> {
  const attempts = await attemptsOf(credential);
  await throttle(...attempts);
  return { giveBack: () => giveBack(...attempts) };
}

/** Takes back a try that an earlier request counted, and that has turned out to be none. */
export const giveBackTry = async (credential: Credential): Promise<void> => giveBack(...(await attemptsOf(credential)));

async function attemptsOf({ path, email, client }: Credential): Promise<Attempt[]> {
  const limits = credentialLimits[path];
  const network = networkOf(client.ip);
  const under = (kind: keyof CredentialLimits, subject: string): Attempt => ({
    limit: named(`${path}:${kind}`, limits[kind]),
    subject,
  });
  if (email === null) return [under("network", network)];
  const attempts = [under("together", `${email} ${network}`), under("network", network)];
  return (await isFamiliar(email, client.ip)) ? attempts : [...attempts, under("account", email)];
}

const named = (name: string, { max, windowSeconds }: Rate): Limit => ({ name, max, windowSeconds });

const FAMILIAR_DAYS = 90;

/** Whether the account had a session from this network lately. */
async function isFamiliar(email: string, ip: string | null): Promise<boolean> {
  if (ip === null) return false;
  const sessions = await prisma().userSession.findMany({
    where: {
      user: { email },
      ip: { not: null },
      lastSeenAt: { gt: new Date(Date.now() - FAMILIAR_DAYS * MS_PER_DAY) },
    },
    distinct: ["ip"],
    select: { ip: true },
  });
  return sessions.some((session) => networkOf(session.ip) === networkOf(ip));
}

/** An IPv4 address; of IPv6 the /64, which one customer has as a whole. Unknown addresses are one network. */
export function networkOf(ip: string | null): string {
  if (ip === null || !ipaddr.isValid(ip)) return "unknown";
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  return address
    .toByteArray()
    .slice(0, 8)
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
