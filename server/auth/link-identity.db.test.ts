import { beforeEach, describe, expect, it } from "vitest";
import { issueLinkToken } from "@/server/auth/link-identity";
import { signIn } from "@/server/auth/sign-in";
import { codeOf, withTwoFactor } from "@/server/testing/authenticator";
import { useTestDatabase } from "@/server/testing/database";
import { makeMember, makeOrg, makeUser, PASSWORD } from "@/server/testing/factories";
import { lastMailTo } from "@/server/testing/mails";

const database = useTestDatabase();
const client = { ip: "192.0.2.1", userAgent: null };
const BROWSER = "the browser that came back";
const issue = (account: { id: string; email: string }, subject: string) =>
  issueLinkToken({ account, identity: identity(subject), holder: `browser:${BROWSER}` });
const identity = (subject: string) => ({ provider: "google", subject, email: "ada@gmail.example" });

let user: Awaited<ReturnType<typeof makeUser>>;
beforeEach(async () => {
  user = await makeUser();
});

const identitiesOf = async (id: string) =>
  (await database.owner.query("select provider, subject, email from user_identities where user_id = $1", [id])).rows;
const signInWith = (linkToken: string, { password = PASSWORD, browser = BROWSER } = {}) =>
  signIn({ email: user.email, password, linkToken }, client, browser).catch(() => null);

describe("an identity that names an account's address", () => {
  it("is linked once the account's owner signs in, who is told", async () => {
    const linkToken = await issue(user, "g-1");
    expect(await identitiesOf(user.id)).toEqual([]);
    await signInWith(linkToken);
    expect(await identitiesOf(user.id)).toEqual([identity("g-1")]);
    expect(await lastMailTo(user.email)).toMatchObject({ subject: "A way to sign in was added" });
  });

  it("is in the audit logs of the person's orgs", async () => {
    const org = await makeOrg();
    user = await makeMember(org, "reader");
    await signInWith(await issue(user, "g-audited"));
    const { rows } = await database.owner.query(
      "select actor_id, after from audit_events where org_id = $1 and action = 'identity.link'",
      [org.id],
    );
    expect(rows).toEqual([{ actor_id: user.id, after: { method: "google" } }]);
  });

  it("is not linked by a wrong password", async () => {
    await signInWith(await issue(user, "g-2"), { password: "not the password" });
    expect(await identitiesOf(user.id)).toEqual([]);
  });

  it("is not linked in another browser: a token that was sent to somebody else links nothing", async () => {
    const linkToken = await issue(user, "g-sent");
    expect(await signInWith(linkToken, { browser: "another" })).toMatchObject({ kind: "signed_in" });
    expect(await identitiesOf(user.id)).toEqual([]);
  });

  it("is not linked by the password alone where there is a second factor", async () => {
    const { secret } = await withTwoFactor(user);
    const linkToken = await issue(user, "g-3");
    const step = await signInWith(linkToken);
    expect(await identitiesOf(user.id)).toEqual([]);
    if (step?.kind !== "second_factor") throw new Error("no code was asked for");
    await signIn({ pendingToken: step.pendingToken, code: codeOf(secret), linkToken }, client, BROWSER);
    expect(await identitiesOf(user.id)).toEqual([identity("g-3")]);
  });

  it("is not linked to another account, whoever signs in with the token", async () => {
    const other = await makeUser("Eve");
    const linkToken = await issue(other, "g-4");
    expect(await signInWith(linkToken)).toMatchObject({ kind: "signed_in" });
    expect([await identitiesOf(user.id), await identitiesOf(other.id)]).toEqual([[], []]);
  });

  it("stays with the account that has it, and a late token links nothing", async () => {
    await signInWith(await issue(user, "g-5"));
    const first = user.id;
    user = await makeUser("Second");
    await signInWith(await issue(user, "g-5"));
    const late = await issue(user, "g-6");
    await database.owner.query("update one_time_tokens set expires_at = now() where purpose = 'link_identity'");
    await signInWith(late);
    expect(await identitiesOf(first)).toEqual([identity("g-5")]);
    expect(await identitiesOf(user.id)).toEqual([]);
  });
});
