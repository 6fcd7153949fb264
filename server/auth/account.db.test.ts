import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findSessionUser, type SessionUser, startSession } from "@/server/auth/sessions";
import { env } from "@/server/env";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeMember, makeOrg, makeUser, PASSWORD } from "@/server/testing/factories";
import { lastMailTo } from "@/server/testing/mails";

const database = useTestDatabase();
const CHROME_ON_MAC =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

let first: SessionUser;
let user: SessionUser;
beforeAll(async () => {
  first = await makeUser("First");
});
beforeEach(async () => {
  user = await signedIn(await makeUser());
});

const start = (account: SessionUser, { method = "password", userAgent = CHROME_ON_MAC as string | null } = {}) =>
  startSession({ account, proof: { method, twoFactor: false }, client: { ip: "192.0.2.7", userAgent } });
const signedIn = async (account: SessionUser) => ({
  ...account,
  session: { ...account.session, id: await start(account) },
});

describe("sessions", () => {
  it("are listed with what they are on, this one first and marked", async () => {
    await start(user, { method: "google", userAgent: IPHONE });
    await start(user, { method: "magic_link", userAgent: null });
    const sessions = await callAs(user).account.sessions();
    expect(sessions).toHaveLength(3);
    expect(sessions[0]).toMatchObject({
      id: user.session.id,
      isCurrent: true,
      device: { browser: "Chrome", system: "macOS", kind: "desktop" },
      ip: "192.0.2.7",
      method: { kind: "password", org: null },
    });
    expect(sessions.slice(1)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          isCurrent: false,
          device: { browser: "Safari", system: "iOS", kind: "mobile" },
          method: { kind: "google", org: null },
        }),
        expect.objectContaining({ device: { browser: null, system: null, kind: "other" } }),
      ]),
    );
  });

  it("name the org whose identity provider it was, to its members only", async () => {
    const org = await makeOrg("Acme");
    const member = await signedIn(await makeMember(org, "reader"));
    for (const account of [member, user]) await start(account, { method: `oidc:${org.id}` });
    const methodsOf = async (account: SessionUser) =>
      (await callAs(account).account.sessions()).map(({ method }) => method);
    expect(await methodsOf(member)).toContainEqual({ kind: "oidc", org: "Acme" });
    expect(await methodsOf(user)).toContainEqual({ kind: "oidc", org: null });
  });

  it("end one by one, at their next request", async () => {
    const other = await start(user);
    expect(await callAs(user).account.revokeSession({ sessionId: other })).toEqual({ ended: 1 });
    expect(await findSessionUser(other)).toBeNull();
    expect(await findSessionUser(user.session.id)).not.toBeNull();
    expect(await callAs(user).account.sessions()).toHaveLength(1);
  });

  it("end all but this one", async () => {
    const others = [await start(user), await start(user)];
    expect(await callAs(user).account.revokeOtherSessions()).toEqual({ ended: 2 });
    expect(await Promise.all(others.map(findSessionUser))).toEqual([null, null]);
    expect(await findSessionUser(user.session.id)).not.toBeNull();
    expect(await callAs(user).account.revokeOtherSessions()).toEqual({ ended: 0 });
  });

  it("of somebody else do not exist", async () => {
    const foreign = await start(first);
    await expect(callAs(user).account.revokeSession({ sessionId: foreign })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await findSessionUser(foreign)).not.toBeNull();
    expect((await callAs(user).account.sessions()).map(({ id }) => id)).not.toContain(foreign);
  });

  it("that were ended are in the history and in the orgs' audit logs", async () => {
    const org = await makeOrg();
    const member = await signedIn(await makeMember(org, "reader"));
    await callAs(member).account.revokeSession({ sessionId: await start(member) });
    const { rows } = await database.owner.query(
      "select action, actor_id, request_id from audit_events where org_id = $1 and action = 'session.revoke'",
      [org.id],
    );
    expect(rows).toEqual([{ action: "session.revoke", actor_id: member.id, request_id: "test" }]);
    expect((await callAs(member).account.events()).map(({ action }) => action)).toEqual([
      "session.revoke",
      "session.start",
      "session.start",
    ]);
  });
});

describe("an account", () => {
  it("says what its owner needs to know, and no secret", async () => {
    expect(await callAs(user).account.get()).toEqual({
      name: user.name,
      email: user.email,
      isVerified: true,
      locale: null,
      hasPassword: true,
      twoFactor: { isOn: false, since: null, recoveryCodesLeft: 0, isProvenInThisSession: false },
      isOperator: false,
    });
  });

  it("changes its name and language, and mails follow", async () => {
    await callAs(user).account.updateProfile({ name: " Ada L. ", locale: "ko" });
    const me = await findSessionUser(user.session.id);
    expect(me).toMatchObject({ name: "Ada L.", locale: "ko" });
    await callAs(me).account.changePassword({ current: PASSWORD, password: "a new and longer password" });
    expect((await lastMailTo(user.email))?.html).toContain('<html lang="ko">');
  });

  it("cannot take another name unseen: its orgs' audit logs have both", async () => {
    const org = await makeOrg();
    const rename = (name: string) => callAs(org.owner).account.updateProfile({ name, locale: "en" });
    await rename("The boss");
    await rename(org.owner.name);
    const { rows } = await database.owner.query(
      "select actor_id, before, after from audit_events where org_id = $1 and action = 'profile.change'",
      [org.id],
    );
    expect(rows).toEqual([{ actor_id: org.owner.id, before: { name: "Ada" }, after: { name: "The boss" } }]);
    expect((await callAs(org.owner).account.events())[0]).toMatchObject({ action: "profile.change" });
  });

  it("without a password gets a link to set one", async () => {
    await database.owner.query("update users set password_hash = null where id = $1", [user.id]);
    expect(await callAs(user).account.get()).toMatchObject({ hasPassword: false });
    await callAs(user).account.sendPasswordLink();
    expect((await lastMailTo(user.email))?.link.pathname).toBe("/reset-password");
  });

  it("sees its own history only", async () => {
    expect((await callAs(user).account.events()).map(({ action }) => action)).toEqual(["session.start"]);
    expect(await callAs(await makeUser("Newcomer")).account.events()).toEqual([]);
  });
});

describe("the outbox", () => {
  const codeOf = (attempt: Promise<unknown>) => attempt.then(() => "OK").catch((error: { code: string }) => error.code);

  it("is open to the first account alone while no operator is named", async () => {
    await callAs(null).auth.requestPasswordReset({ email: user.email });
    const {
      mails: [mail],
      hasMailServer,
    } = await callAs(first).outbox.list();
    expect(hasMailServer).toBe(false);
    expect(mail).toMatchObject({ recipient: user.email, template: "resetPassword", state: "kept" });
    const read = (account: SessionUser) => callAs(account).outbox.get({ mailId: mail?.id ?? "" });
    expect(await read(first)).toMatchObject({ subject: "Set a new password", text: expect.stringContaining("token=") });
    expect(await codeOf(callAs(user).outbox.list())).toBe("NOT_FOUND");
    expect(await codeOf(read(user))).toBe("NOT_FOUND");
    expect(await callAs(first).account.get()).toMatchObject({ isOperator: true });
  });

  it("is open to the named operators alone once there are some", async () => {
    env().OPERATOR_EMAILS = [user.email];
    expect(await codeOf(callAs(user).outbox.list())).toBe("OK");
    expect(await codeOf(callAs(first).outbox.list())).toBe("NOT_FOUND");
    env().OPERATOR_EMAILS = [];
  });
});
