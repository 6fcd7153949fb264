import { beforeEach, describe, expect, it } from "vitest";
import { findSessionUser, type SessionUser, startSession } from "@/server/auth/sessions";
import { signIn } from "@/server/auth/sign-in";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeMember, makeOrg, makeUser, PASSWORD } from "@/server/testing/factories";
import { lastMailTo, mailedToken } from "@/server/testing/mails";

const database = useTestDatabase();
const client = { ip: null, userAgent: null };
const NEW_PASSWORD = "another battery of horses";
let user: SessionUser;

beforeEach(async () => {
  await database.owner.query("truncate throttle_hits");
  user = await makeUser();
});

const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "ok",
    (error: { reason?: string; cause?: { reason?: string } }) => error.reason ?? error.cause?.reason ?? String(error),
  );
const start = () =>
  startSession({
    account: user,
    proof: { method: "password", twoFactor: false },
    client: { ip: null, userAgent: null },
  });
const reset = (token: string, password = NEW_PASSWORD) => callAs(null).auth.resetPassword({ token, password });

async function resetToken() {
  await callAs(null).auth.requestPasswordReset({ email: user.email });
  return mailedToken(user.email, "resetPassword");
}

async function magicToken() {
  await callAs(null).auth.requestMagicLink({ email: user.email, callbackPath: "/acme/people?range=today" });
  return mailedToken(user.email, "magicLink");
}

describe("a new password by mail", () => {
  it("ends all sessions at their next request, and the old password", async () => {
    const sessions = [await start(), await start()];
    await reset(await resetToken());
    expect(await Promise.all(sessions.map(findSessionUser))).toEqual([null, null]);
    expect(await reasonOf(signIn({ email: user.email, password: PASSWORD }, client))).toBe("wrong_credentials");
    expect(await signIn({ email: user.email, password: NEW_PASSWORD }, client)).toMatchObject({ kind: "signed_in" });
    expect(await lastMailTo(user.email)).toMatchObject({ template: "accountChanged" });
  });

  it("is in the audit log of the person's orgs", async () => {
    const org = await makeOrg();
    user = await makeMember(org, "reader");
    await reset(await resetToken());
    const { rows } = await database.owner.query(
      "select actor_id, after from audit_events where org_id = $1 and action = 'password.reset'",
      [org.id],
    );
    expect(rows).toEqual([{ actor_id: user.id, after: null }]);
  });

  it("is set once per link, by one of two at once", async () => {
    const token = await resetToken();
    const results = await Promise.all([
      reasonOf(reset(token, "words of the first one")),
      reasonOf(reset(token, "words of the second one")),
    ]);
    expect(results.toSorted()).toEqual(["link_expired", "ok"]);
    expect(await reasonOf(reset(token))).toBe("link_expired");
  });

  it("that would be refused does not use the link up", async () => {
    const token = await resetToken();
    expect(await reasonOf(reset(token, "qwertyuiop123"))).toBe("password_common");
    expect(await reasonOf(reset(token, user.email))).toBe("password_personal");
    expect(await reasonOf(reset(token))).toBe("ok");
  });

  it("is not set by a late link, one of another purpose, or an invented one", async () => {
    const magic = await magicToken();
    const late = await resetToken();
    await database.owner.query("update one_time_tokens set expires_at = now() where purpose = 'reset_password'");
    for (const token of [late, magic, "x".repeat(43)]) expect(await reasonOf(reset(token))).toBe("link_expired");
    expect(await signIn({ magicToken: magic }, client)).toMatchObject({ kind: "signed_in" });
  });

  it("makes links useless that were mailed before", async () => {
    const magic = await magicToken();
    await reset(await resetToken());
    expect(await reasonOf(signIn({ magicToken: magic }, client))).toBe("link_expired");
  });
});

describe("a mailed sign-in link", () => {
  it("leads back to where one wanted to go, and signs in once", async () => {
    const token = await magicToken();
    const mail = await lastMailTo(user.email);
    expect(mail?.link.pathname).toBe("/sign-in/link");
    expect(mail?.link.searchParams.get("callbackUrl")).toBe("/acme/people?range=today");
    const attempts = [token, token].map((magic) => signIn({ magicToken: magic }, client));
    expect((await Promise.allSettled(attempts)).map(({ status }) => status).toSorted()).toEqual([
      "fulfilled",
      "rejected",
    ]);
  });

  it("is not used up by whoever looks at its page", async () => {
    const token = await magicToken();
    const look = () => callAs(null).auth.link({ purpose: "magic_link", token });
    expect(await look()).toEqual({ email: user.email });
    expect(await look()).toEqual({ email: user.email });
    expect(await callAs(null).auth.link({ purpose: "reset_password", token })).toBeNull();
    await signIn({ magicToken: token }, client);
    expect(await look()).toBeNull();
  });

  it("does not work late, nor after a newer one", async () => {
    const older = await magicToken();
    const newer = await magicToken();
    expect(await reasonOf(signIn({ magicToken: older }, client))).toBe("link_expired");
    await database.owner.query("update one_time_tokens set expires_at = now() where purpose = 'magic_link'");
    expect(await reasonOf(signIn({ magicToken: newer }, client))).toBe("link_expired");
  });
});

describe("changing the password", () => {
  const change = (current: string, password = NEW_PASSWORD) =>
    callAs(user).account.changePassword({ current, password });

  it("asks for the current one", async () => {
    expect(await reasonOf(change("not the current one"))).toBe("wrong_password");
    expect(await signIn({ email: user.email, password: PASSWORD }, client)).toMatchObject({ kind: "signed_in" });
  });

  it("keeps this session and ends the others", async () => {
    const [mine, other] = [await start(), await start()];
    user = { ...user, session: { ...user.session, id: mine } };
    await change(PASSWORD);
    expect(await findSessionUser(mine)).not.toBeNull();
    expect(await findSessionUser(other)).toBeNull();
    expect(await signIn({ email: user.email, password: NEW_PASSWORD }, client)).toMatchObject({ kind: "signed_in" });
  });

  it("refuses common and personal ones", async () => {
    expect(await reasonOf(change(PASSWORD, "iloveyou123456"))).toBe("password_common");
    expect(await reasonOf(change(PASSWORD, user.email))).toBe("password_personal");
  });

  it("is limited: a stolen session does not try passwords without end", async () => {
    const reasons = [];
    for (let n = 0; n < 12; n++) reasons.push(await reasonOf(change(`wrong one ${n}`)));
    expect(reasons.slice(0, 10)).toEqual(Array(10).fill("wrong_password"));
    expect(reasons.slice(10)).toEqual(Array(2).fill("too_many_attempts"));
  });
});
