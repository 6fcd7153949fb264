import { beforeAll, describe, expect, it } from "vitest";
import { signIn } from "@/server/auth/sign-in";
import { MAIL_ANSWER_MS } from "@/server/auth/verify-email";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeUser, PASSWORD } from "@/server/testing/factories";
import { lastMailTo, mailedToken } from "@/server/testing/mails";

// With a mail server: an account counts once its address is confirmed. The queue takes the mails, nobody delivers them.
const database = useTestDatabase({ SMTP_URL: "smtp://127.0.0.1:9" });
const client = { ip: "192.0.2.1", userAgent: null };
const newcomer = (name: string) => ({
  name,
  email: `${name.toLowerCase()}@example.com`,
  password: `${PASSWORD} ${name}`,
});
const signUp = (input: ReturnType<typeof newcomer>) => callAs(null).auth.signUp(input);
const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "ok",
    (error: { reason?: string; cause?: { reason?: string } }) => error.reason ?? error.cause?.reason ?? String(error),
  );
const accountOf = async (email: string) =>
  (await database.owner.query("select id, name, email_verified_at, password_hash from users where email = $1", [email]))
    .rows[0];

let known: Awaited<ReturnType<typeof makeUser>>;
beforeAll(async () => {
  known = await makeUser("Known");
});

describe("signing up", () => {
  it("answers the same for a new and for a taken address, and changes nothing of the taken one", async () => {
    const before = await accountOf(known.email);
    const answers = [
      await signUp(newcomer("Newton")),
      await signUp({ ...newcomer("Eve"), email: known.email.toUpperCase() }),
    ];
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toEqual({ next: "confirm_address" });
    expect(await accountOf(known.email)).toEqual(before);
  });

  it.each([
    ["a new address", () => newcomer("Timed")],
    ["a taken one", () => ({ ...newcomer("Eve"), email: known.email })],
    ["a taken one that is not confirmed", () => newcomer("Newton")],
  ])("answers %s no sooner than it takes to write to any", async (_what, input) => {
    const startedAt = performance.now();
    await signUp(input());
    expect(performance.now() - startedAt).toBeGreaterThan(MAIL_ANSWER_MS - 5);
  });

  it("mails the new address a link, and the taken one that it has an account", async () => {
    expect((await lastMailTo("newton@example.com"))?.link.pathname).toBe("/verify-email");
    expect(await lastMailTo(known.email)).toMatchObject({ template: "accountExists" });
  });

  it("by two at once makes one account", async () => {
    const input = newcomer("Twice");
    await Promise.all([signUp(input), signUp(input)]);
    const { rows } = await database.owner.query("select count(*)::int as n from users where email = $1", [input.email]);
    expect(rows[0].n).toBe(1);
  });

  it.each([
    ["a short password", { password: "elevenchars" }, "BAD_REQUEST"],
    ["a common password", { password: "password2026!" }, "BAD_REQUEST"],
    ["one's own address as the password", { password: "weak@example.com" }, "BAD_REQUEST"],
    ["no name", { name: " " }, "BAD_REQUEST"],
    ["an address that is none", { email: "nobody" }, "BAD_REQUEST"],
  ])("refuses %s", async (_what, wrong, code) => {
    await expect(signUp({ ...newcomer("Weak"), ...wrong })).rejects.toMatchObject({ code });
    expect(await accountOf("weak@example.com")).toBeUndefined();
  });
});

it("the link that confirms an address leads on to where signing up came from, an invitation for example", async () => {
  const callbackPath = "/invitations/abc";
  const input = { email: "invited@example.com", password: "four words in a row", name: "Ivy", callbackPath };
  await callAs(null).auth.signUp(input);
  expect((await lastMailTo(input.email))?.link.searchParams.get("callbackUrl")).toBe(callbackPath);
});

describe("an address that is not confirmed", () => {
  const ada = newcomer("Ada");
  beforeAll(() => signUp(ada));

  it("does not sign in, and says why only to who knows the password", async () => {
    expect(await reasonOf(signIn({ email: ada.email, password: "something else entirely" }, client))).toBe(
      "wrong_credentials",
    );
    expect(await reasonOf(signIn(ada, client))).toBe("email_unverified");
  });

  it("is confirmed by the newest link together with the password, once", async () => {
    const verifyToken = await mailedToken(ada.email);
    expect(await signIn({ ...ada, verifyToken }, client)).toMatchObject({ kind: "signed_in" });
    expect((await accountOf(ada.email)).email_verified_at).not.toBeNull();
    expect(await reasonOf(signIn({ ...ada, verifyToken }, client))).toBe("link_expired");
    expect(await signIn(ada, client)).toMatchObject({ kind: "signed_in" });
  });

  it("is not confirmed by an older link, a late one, or one of another purpose or person", async () => {
    const bob = newcomer("Bob");
    await signUp(bob);
    const older = await mailedToken(bob.email);
    await callAs(null).auth.resendVerification({ email: bob.email });
    const newer = await mailedToken(bob.email);
    await callAs(null).auth.requestPasswordReset({ email: bob.email });
    const reset = await mailedToken(bob.email, "resetPassword");
    const eve = newcomer("Eve");
    await signUp(eve);
    expect(newer).not.toBe(older);
    for (const verifyToken of [older, reset, await mailedToken(eve.email)]) {
      expect(await reasonOf(signIn({ ...bob, verifyToken }, client))).toBe("link_expired");
    }
    await database.owner.query("update one_time_tokens set expires_at = now() where email = $1", [bob.email]);
    expect(await reasonOf(signIn({ ...bob, verifyToken: newer }, client))).toBe("link_expired");
    expect((await accountOf(bob.email)).email_verified_at).toBeNull();
  });

  it("of somebody else gains a stranger nothing: the owner's own link needs the owner's password", async () => {
    const stranger = { ...newcomer("Victim"), password: "the stranger's own words" };
    await signUp(stranger);
    const owner = { ...newcomer("Victim"), password: "what the owner chose instead" };
    await signUp(owner);
    const verifyToken = await mailedToken(owner.email);
    expect(await reasonOf(signIn({ ...owner, verifyToken }, client))).toBe("wrong_credentials");
    await callAs(null).auth.requestPasswordReset({ email: owner.email });
    await callAs(null).auth.resetPassword({ token: await mailedToken(owner.email), password: owner.password });
    expect(await reasonOf(signIn(stranger, client))).toBe("wrong_credentials");
    expect(await signIn(owner, client)).toMatchObject({ kind: "signed_in" });
  });

  it("is confirmed by a mailed sign-in link, which ends the password that nobody had vouched for", async () => {
    const carol = newcomer("Carol");
    await signUp(carol);
    await callAs(null).auth.requestMagicLink({ email: carol.email });
    const magicToken = await mailedToken(carol.email, "magicLink");
    expect(await signIn({ magicToken }, client)).toMatchObject({ kind: "signed_in", proof: { method: "magic_link" } });
    expect(await accountOf(carol.email)).toMatchObject({ password_hash: null });
    expect(await reasonOf(signIn(carol, client))).toBe("wrong_credentials");
  });

  it.each(["a new password by mail", "a mailed sign-in link"])(
    "is taken over by nobody who linked an identity before its owner came: %s ends that",
    async (way) => {
      const eve = newcomer(`Eve${way.length}`);
      await signUp(eve);
      await database.owner.query(
        "insert into user_identities (id, user_id, provider, subject) select gen_random_uuid(), id, 'google', $2 from users where email = $1",
        [eve.email, way],
      );
      if (way === "a mailed sign-in link") {
        await callAs(null).auth.requestMagicLink({ email: eve.email });
        await signIn({ magicToken: await mailedToken(eve.email, "magicLink") }, client);
      } else {
        await callAs(null).auth.requestPasswordReset({ email: eve.email });
        await callAs(null).auth.resetPassword({
          token: await mailedToken(eve.email),
          password: "the owner's own words",
        });
      }
      const { rows } = await database.owner.query("select 1 from user_identities where subject = $1", [way]);
      expect(rows).toEqual([]);
    },
  );
});

describe("asking for a link", () => {
  it.each(["requestMagicLink", "requestPasswordReset", "resendVerification"] as const)(
    "by %s answers the same whether or not there is an account, and mails only the one that exists",
    async (procedure) => {
      const dora = newcomer(`Dora${procedure}`);
      await signUp(dora);
      const ask = (email: string) => callAs(null).auth[procedure]({ email });
      expect(await ask(dora.email)).toEqual(await ask("nobody-at-all@example.com"));
      expect(await lastMailTo("nobody-at-all@example.com")).toBeNull();
      expect(await lastMailTo(dora.email)).not.toBeNull();
    },
  );

  it("does not mail a confirmed address to confirm itself", async () => {
    await callAs(null).auth.resendVerification({ email: known.email });
    expect(await lastMailTo(known.email, "verifyEmail")).toBeNull();
  });
});
