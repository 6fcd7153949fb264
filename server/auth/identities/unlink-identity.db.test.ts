import { beforeEach, describe, expect, it } from "vitest";
import { issueToken, peekToken } from "@/server/auth/one-time-tokens";
import { findSessionUser, type SessionUser, startSession } from "@/server/auth/sessions";
import { env } from "@/server/env";
import { noClient } from "@/server/lib/client-info";
import { signedIn } from "@/server/testing/authenticator";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeOrg, makeUser, PASSWORD } from "@/server/testing/factories";
import { lastMailTo } from "@/server/testing/mails";

const database = useTestDatabase({
  GOOGLE_CLIENT_ID: "id",
  GOOGLE_CLIENT_SECRET: "secret",
});

let user: SessionUser;
beforeEach(async () => {
  user = await signedIn(await makeUser());
});

async function addIdentity(provider: string, owner = user): Promise<string> {
  const { rows } = await database.owner.query(
    "insert into user_identities (id, user_id, provider, subject, email) values (gen_random_uuid(), $1, $2, gen_random_uuid(), $3) returning id",
    [owner.id, provider, owner.email],
  );
  return rows[0].id;
}
const forgetPassword = () => database.owner.query("update users set password_hash = null where id = $1", [user.id]);
const unlink = (identityId: string, proof?: string) =>
  callAs(user)
    .account.identities.unlink({ identityId, proof })
    .then(
      () => "ok",
      (error: { cause?: { reason?: string } }) => error.cause?.reason ?? String(error),
    );
const listed = async () => (await callAs(user).account.identities.list()).linked;

describe("an identity", () => {
  it("is listed with what it is, and whether the account needs it", async () => {
    await addIdentity("google");
    expect(await listed()).toMatchObject([
      { method: { kind: "google", org: null }, email: user.email, lastUsedAt: null, isLastWayIn: false },
    ]);
    await forgetPassword();
    expect(await listed()).toMatchObject([{ isLastWayIn: true }]);
  });

  it("can be added once for each provider that is set up", async () => {
    const linkable = async () => (await callAs(user).account.identities.list()).linkable;
    expect(await linkable()).toEqual([{ providerId: "google", method: { kind: "google", org: null } }]);
    await addIdentity("google");
    expect(await linkable()).toEqual([]);
  });

  it("is taken off by the password alone, with a line in the history and a mail", async () => {
    const id = await addIdentity("google");
    expect(await unlink(id)).toBe("wrong_proof");
    expect(await unlink(id, "not the password")).toBe("wrong_proof");
    expect(await listed()).toHaveLength(1);
    expect(await unlink(id, PASSWORD)).toBe("ok");
    expect(await listed()).toEqual([]);
    expect((await callAs(user).account.events())[0]).toMatchObject({
      action: "identity.unlink",
      method: { kind: "google" },
    });
    expect(await lastMailTo(user.email)).toMatchObject({ subject: "A way to sign in was removed" });
  });

  it("takes the other sessions with it that it has opened", async () => {
    const id = await addIdentity("google");
    const begin = (method: string) =>
      startSession({ account: user, proof: { method, twoFactor: false }, client: noClient });
    const [opened, other] = [await begin("google"), await begin("magic_link")];
    const pending = await issueToken({
      purpose: "second_factor",
      email: user.email,
      userId: user.id,
      data: { method: "google" },
      lifetimeMinutes: 10,
    });
    await unlink(id, PASSWORD);
    expect(await peekToken("second_factor", pending)).toBeNull();
    expect(await findSessionUser(opened)).toBeNull();
    expect(await findSessionUser(other)).not.toBeNull();
    expect(await findSessionUser(user.session.id)).not.toBeNull();
  });

  it("of somebody else is not there", async () => {
    const id = await addIdentity("google", await makeUser("Eve"));
    expect(await unlink(id, PASSWORD)).toBe("not_found");
  });

  it("cannot be taken off without password by a session that is not fresh", async () => {
    await forgetPassword();
    const id = await addIdentity("google");
    await addIdentity("google");
    await database.owner.query("update user_sessions set created_at = now() - interval '1 hour'");
    expect(await unlink(id)).toBe("sign_in_again");
    await database.owner.query("update user_sessions set created_at = now()");
    expect(await unlink(id)).toBe("ok");
  });
});

describe("the last way in", () => {
  beforeEach(forgetPassword);

  it("stays, also when two go at once", async () => {
    const ids = [await addIdentity("google"), await addIdentity("google")];
    const outcomes = await Promise.all(ids.map((id) => unlink(id)));
    expect(outcomes.toSorted()).toEqual(["last_way_in", "ok"]);
    expect(await listed()).toMatchObject([{ isLastWayIn: true }]);
  });

  it("is not one of a provider that is not set up, or of an org that the person is not in", async () => {
    const id = await addIdentity("google");
    await addIdentity("github");
    await addIdentity(`oidc:${(await makeOrg()).id}`);
    expect(await unlink(id)).toBe("last_way_in");
    Object.assign(env(), { GITHUB_CLIENT_ID: "id", GITHUB_CLIENT_SECRET: "secret" });
    expect(await unlink(id)).toBe("ok");
    Object.assign(env(), { GITHUB_CLIENT_ID: undefined, GITHUB_CLIENT_SECRET: undefined });
  });
});
