import { beforeEach, describe, expect, it } from "vitest";
import { credentialLimits } from "@/server/auth/credential-limits";
import { startSession } from "@/server/auth/sessions";
import { signIn } from "@/server/auth/sign-in";
import { createCaller } from "@/server/trpc/root";
import { useTestDatabase } from "@/server/testing/database";
import { makeUser, PASSWORD } from "@/server/testing/factories";

const database = useTestDatabase();
let user: Awaited<ReturnType<typeof makeUser>>;

beforeEach(async () => {
  await database.owner.query("truncate throttle_hits");
  user = await makeUser();
});

const from = (ip: string) => ({ ip, userAgent: null });
const OWNERS_PLACE = from("192.0.2.1");
const stranger = (n: number) => from(`198.51.${Math.floor(n / 250)}.${n % 250}`);

const outcome = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "ok",
    (error: { reason?: string; cause?: { reason?: string } }) => error.reason ?? error.cause?.reason ?? String(error),
  );
const guess = (client: { ip: string; userAgent: null }, n = 0) =>
  outcome(signIn({ email: user.email, password: `guess number ${n}` }, client));
const countOf = (outcomes: string[]) =>
  Object.fromEntries(
    [...new Set(outcomes)].toSorted().map((name) => [name, outcomes.filter((o) => o === name).length]),
  );
const signInFrom = (client: { ip: string; userAgent: null }) =>
  outcome(signIn({ email: user.email, password: PASSWORD }, client));

const { together, network, account } = credentialLimits.sign_in;

describe("guessing a password", () => {
  it("by fifty at once from one place, exactly ten are answered", async () => {
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, n) => guess(stranger(1), n)));
    expect(countOf(outcomes)).toEqual({ wrong_credentials: together.max, too_many_attempts: 50 - together.max });
  });

  it("by fifty strangers from as many places, exactly thirty are answered", async () => {
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, n) => guess(stranger(n), n)));
    expect(countOf(outcomes)).toEqual({ wrong_credentials: account.max, too_many_attempts: 50 - account.max });
  });

  it("strangers cannot lock the owner out of a place that the account knows", async () => {
    await startSession({ account: user, proof: { method: "password", twoFactor: false }, client: OWNERS_PLACE });
    await Promise.all(Array.from({ length: 50 }, (_, n) => guess(stranger(n), n)));
    expect(await signInFrom(stranger(200))).toBe("too_many_attempts");
    expect(await signInFrom(OWNERS_PLACE)).toBe("ok");
  });

  it("a place is forgotten after ninety days", async () => {
    await startSession({ account: user, proof: { method: "password", twoFactor: false }, client: OWNERS_PLACE });
    await database.owner.query("update user_sessions set last_seen_at = now() - interval '91 days'");
    await Promise.all(Array.from({ length: 50 }, (_, n) => guess(stranger(n), n)));
    expect(await signInFrom(OWNERS_PLACE)).toBe("too_many_attempts");
  });

  it("the owner's place is limited as well", async () => {
    await startSession({ account: user, proof: { method: "password", twoFactor: false }, client: OWNERS_PLACE });
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => guess(OWNERS_PLACE, n)));
    expect(countOf(outcomes)).toEqual({ wrong_credentials: together.max, too_many_attempts: 20 - together.max });
  });

  it("of many accounts from one network ends after fifty, whether or not they exist", async () => {
    const attempt = (n: number) =>
      outcome(
        signIn({ email: `nobody-${n}@example.com`, password: PASSWORD }, from(`2001:db8:1:2::${n.toString(16)}`)),
      );
    const outcomes = await Promise.all(Array.from({ length: 60 }, (_, n) => attempt(n + 1)));
    expect(countOf(outcomes)).toEqual({ wrong_credentials: network.max, too_many_attempts: 60 - network.max });
  });

  it("right ones are not counted: who signs in often is not shut out", async () => {
    for (let n = 0; n < together.max + 2; n++) expect(await signInFrom(OWNERS_PLACE)).toBe("ok");
  });

  it("a right password does not wipe out the guesses before it", async () => {
    const guesses = Array.from({ length: together.max - 1 }, (_, n) => guess(OWNERS_PLACE, n));
    await Promise.all(guesses);
    expect(await signInFrom(OWNERS_PLACE)).toBe("ok");
    expect(await guess(OWNERS_PLACE)).toBe("wrong_credentials");
    expect(await guess(OWNERS_PLACE)).toBe("too_many_attempts");
  });
});

describe("every other way in is limited", () => {
  const call = (client: { ip: string; userAgent: null }) => createCaller({ user: null, requestId: "test", client });
  const reset = (token: string) => call(OWNERS_PLACE).auth.resetPassword({ token, password: "a new and long one" });

  it.each([
    ["magic links", "mail_link", () => call(OWNERS_PLACE).auth.requestMagicLink({ email: user.email })],
    ["password links", "mail_link", () => call(OWNERS_PLACE).auth.requestPasswordReset({ email: user.email })],
    ["confirmation links", "mail_link", () => call(OWNERS_PLACE).auth.resendVerification({ email: user.email })],
    [
      "sign-ups with one address",
      "sign_up",
      () => call(OWNERS_PLACE).auth.signUp({ email: user.email, password: PASSWORD, name: "Eve" }),
    ],
  ] as const)("%s", async (_what, path, attempt) => {
    const { max } = credentialLimits[path].together;
    const outcomes = await Promise.all(Array.from({ length: max + 3 }, () => outcome(attempt())));
    expect(countOf(outcomes)).toEqual({ ok: max, too_many_attempts: 3 });
  });

  it("trying tokens", async () => {
    const tries = Array.from({ length: 33 }, (_, n) => outcome(reset(`invented-token-number-${n}-of-many`)));
    expect(countOf(await Promise.all(tries))).toEqual({
      link_expired: credentialLimits.redeem.network.max,
      too_many_attempts: 3,
    });
  });

  it("and says how long to wait", async () => {
    const ask = () => call(OWNERS_PLACE).auth.requestMagicLink({ email: user.email });
    for (let n = 0; n < credentialLimits.mail_link.together.max; n++) await ask();
    await expect(ask()).rejects.toMatchObject({
      code: "TOO_MANY_REQUESTS",
      cause: { retryAfterSeconds: expect.toSatisfy((seconds: number) => seconds > 3500 && seconds <= 3600) },
    });
  });
});
