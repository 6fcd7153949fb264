import { type Account, accountColumns } from "@/server/auth/account";
import { recordFailedSignIn } from "@/server/auth/failed-sign-in";
import { countTry } from "@/server/auth/credential-limits";
import { linkIdentity } from "@/server/auth/link-identity";
import { issueToken, peekToken, redeemToken } from "@/server/auth/one-time-tokens";
import { hashPassword, isHashOutdated, verifyPassword } from "@/server/auth/password";
import { type CodeProof, type PasswordProof, SignInCredentials } from "@/server/auth/schema";
import type { SignInProof } from "@/server/auth/sessions";
import { checkSecondFactor } from "@/server/auth/two-factor/check-second-factor";
import { confirmAddress, proveMailbox, sendVerification } from "@/server/auth/verify-email";
import { prisma } from "@/server/db/client";
import type { ClientInfo } from "@/server/lib/client-info";
import { AppError } from "@/server/lib/errors";
import { failNoSooner } from "@/server/lib/no-sooner";
import { hasMailServer } from "@/server/mail/send-mail";

/** Either somebody is signed in, or a code of their second factor is still to come. */
export type SignInStep =
  | { kind: "signed_in"; account: Account; proof: SignInProof }
  | { kind: "second_factor"; pendingToken: string };

/** Longer than a password takes to check and a failure to note, so that all refusals take as long. */
export const REFUSAL_MS = 300;

const SECOND_FACTOR_MINUTES = 10;

/**
 * Signs somebody in by a password, a mailed link or the code that follows either. `browser` is what a link token that
 * comes along is bound to (browserOf).
 * @throws AppError unauthenticated (wrong_credentials, wrong_code, link_expired, pending_expired), precondition
 * (email_unverified, after the right password only), limit
 */
export async function signIn(
  credentials: unknown,
  client: ClientInfo,
  browser: string | null = null,
): Promise<SignInStep> {
  return failNoSooner(REFUSAL_MS, async () => {
    const input = SignInCredentials.safeParse(credentials);
    if (!input.success) throw wrongCredentials();
    if ("magicToken" in input.data) return signInByLink(input.data.magicToken, client);
    const step = await ("pendingToken" in input.data
      ? signInByCode(input.data, client)
      : signInByPassword(input.data, client));
    // An identity is linked only once its account's owner is all the way in.
    if (step.kind === "signed_in" && input.data.linkToken && browser)
      await linkIdentity(step.account, input.data.linkToken, { client, holder: `browser:${browser}` });
    return step;
  });
}

/**
 * Goes on after any first factor: at once, or with a code where the account has a second factor. The way in for identity
 * providers, too.
 */
export async function afterFirstFactor(account: Account, method: string): Promise<SignInStep> {
  const hasSecondFactor = await prisma().twoFactor.count({ where: { userId: account.id, confirmedAt: { not: null } } });
  if (hasSecondFactor === 0) return { kind: "signed_in", account, proof: { method, twoFactor: false } };
  const pendingToken = await issueToken({
    purpose: "second_factor",
    email: account.email,
    userId: account.id,
    data: { method },
    lifetimeMinutes: SECOND_FACTOR_MINUTES,
  });
  return { kind: "second_factor", pendingToken };
}

async function signInByPassword(proof: PasswordProof, client: ClientInfo): Promise<SignInStep> {
  const counted = await countTry({ path: "sign_in", email: proof.email, client });
  const found = await prisma().user.findFirst({
    where: { email: proof.email },
    select: { ...accountColumns, passwordHash: true, emailVerifiedAt: true },
  });
  const isRight = await verifyPassword(proof.password, found?.passwordHash);
  if (!found) throw wrongCredentials();
  const { passwordHash, emailVerifiedAt, ...account } = found;
  if (!isRight) {
    await recordFailedSignIn(account, "password", client);
    throw wrongCredentials();
  }
  await counted.giveBack();
  if (passwordHash && isHashOutdated(passwordHash)) await rehash(account.id, proof.password, passwordHash);
  if (proof.verifyToken) await confirmAddress(account, proof.verifyToken, client);
  else if (!emailVerifiedAt && hasMailServer()) return refuseUnverified(account, client);
  return afterFirstFactor(account, "password");
}

/** Only the right password leads here, so this tells nobody that the account exists. */
async function refuseUnverified(account: Account, client: ClientInfo): Promise<never> {
  await countTry({ path: "mail_link", email: account.email, client });
  await sendVerification(account);
  throw new AppError("precondition", "email_unverified", {
    message: "Please confirm your e-mail address first: a new link is on its way.",
  });
}

/** Only while the password is still the one that was checked. */
const rehash = async (userId: string, password: string, passwordHash: string) =>
  prisma().user.updateMany({
    where: { id: userId, passwordHash },
    data: { passwordHash: await hashPassword(password) },
  });

async function signInByLink(token: string, client: ClientInfo): Promise<SignInStep> {
  await countTry({ path: "redeem", email: null, client });
  const redeemed = await redeemToken("magic_link", token);
  const account = redeemed?.userId ? await findAccount(redeemed.userId) : null;
  if (!account || account.email !== redeemed?.email) throw linkExpired();
  await proveMailbox(account, client);
  return afterFirstFactor(account, "magic_link");
}

async function signInByCode({ pendingToken, code }: CodeProof, client: ClientInfo): Promise<SignInStep> {
  const pending = await peekToken("second_factor", pendingToken);
  const account = pending?.userId ? await findAccount(pending.userId) : null;
  if (!account) throw pendingExpired();
  const counted = await countTry({ path: "second_factor", email: account.email, client });
  if (!(await checkSecondFactor(account, code, client))) {
    await recordFailedSignIn(account, "second_factor", client);
    throw wrongCode();
  }
  const redeemed = await redeemToken("second_factor", pendingToken);
  if (!redeemed) throw pendingExpired();
  await counted.giveBack();
  return { kind: "signed_in", account, proof: { method: methodOf(redeemed.data), twoFactor: true } };
}

const findAccount = (id: string): Promise<Account | null> =>
  prisma().user.findFirst({ where: { id }, select: accountColumns });

const methodOf = (data: unknown): string => {
  const method = data && typeof data === "object" && "method" in data ? data.method : null;
  return typeof method === "string" ? method : "password";
};

const wrongCredentials = () =>
  new AppError("unauthenticated", "wrong_credentials", { message: "E-mail or password is not right." });

const linkExpired = () =>
  new AppError("unauthenticated", "link_expired", { message: "This link was used before or is too old." });

const pendingExpired = () =>
  new AppError("unauthenticated", "pending_expired", { message: "This took too long. Please sign in again." });

const wrongCode = () => new AppError("unauthenticated", "wrong_code", { message: "This code is not right." });
