import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { credentialLimits } from "@/server/auth/credential-limits";
import { findSessionUser, type SessionUser } from "@/server/auth/sessions";
import { env } from "@/server/env";
import { sealSsoSecret } from "@/server/orgs/sso-secret";
import { findIdentityProvider } from "@/server/sso/find-provider";
import { codeOf, signedIn, withTwoFactor } from "@/server/testing/authenticator";
import { Browser, ORIGIN } from "@/server/testing/browser";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeOrg, makeUser, PASSWORD, type TestOrg } from "@/server/testing/factories";
import { startIdentityProvider, type TestIdentityProvider } from "@/server/testing/identity-provider";

// Single sign-on over HTTP, as a browser does it, with a real identity provider that two organizations use.
const database = useTestDatabase({ AUTH_URL: ORIGIN, AUTH_TRUST_HOST: "true", ALLOW_PRIVATE_ADDRESSES: "true" });
Object.assign(globalThis, { [Symbol.for("tollkeeper.client-address")]: true });

let idp: TestIdentityProvider;
let acme: TestOrg;
let other: TestOrg;

beforeAll(async () => {
  [acme, other] = [await makeOrg("Acme"), await makeOrg("Other")];
  idp = await startIdentityProvider([acme, other].map(({ slug }) => `${ORIGIN}/api/auth/callback/oidc-${slug}`));
  await setUp(acme, "reader");
  await setUp(other, "admin");
  await database.owner.query(
    "insert into org_domains (org_id, domain, challenge, verified_at) values ($1, 'acme.example', 'x', now())",
    [acme.id],
  );
  await database.owner.query("insert into org_domains (org_id, domain, challenge) values ($1, 'other.example', 'x')", [
    other.id,
  ]);
});
afterAll(() => idp.close());
beforeEach(() => database.owner.query("truncate throttle_hits"));

async function setUp(org: TestOrg, joinAs: "reader" | "admin" | null, issuer = idp.issuer) {
  await org.access.inScope(async (scope) => {
    await scope.db.orgSso.deleteMany();
    const clientSecretSealed = await sealSsoSecret(scope, idp.client.clientSecret);
    const registration = { issuer, clientId: idp.client.clientId, clientSecretSealed, joinAs };
    await scope.db.orgSso.create({ data: { orgId: org.id, ...registration } });
  });
}

let count = 0;
/** Somebody whom the provider knows. @returns the name and subject there */
function someone(domain: string, claims: object = {}): { sub: string; email: string } {
  const sub = `person-${++count}`;
  const email = `${sub}@${domain}`;
  idp.people.set(sub, { email, name: `Person ${count}`, ...claims });
  return { sub, email };
}

const newBrowser = (address?: string) => new Browser(findIdentityProvider, address);

/** Through the provider and back. @returns where that leads */
async function signInBy(org: TestOrg, sub: string, { browser = newBrowser(), callbackUrl = "/orgs" } = {}) {
  const begin = await browser.begin(`oidc-${org.slug}`, callbackUrl);
  const to = await browser.comeBack(await idp.visit(begin, sub));
  return { browser, to, viewer: await findSessionUser((await browser.sessionId()) || NOBODY) };
}
const NOBODY = "00000000-0000-7000-8000-000000000000";

const reasonIn = (url: URL) => (url.pathname === "/sign-in/refused" ? url.searchParams.get("reason") : url.pathname);

const accountOf = async (email: string) =>
  (await database.owner.query("select id, name, password_hash, email_verified_at from users where email = $1", [email]))
    .rows[0];
const rolesOf = async (userId: string) =>
  (await database.owner.query("select org_id, role from memberships where user_id = $1", [userId])).rows;
const identitiesOf = async (userId: string) =>
  (await database.owner.query("select provider, subject from user_identities where user_id = $1", [userId])).rows;
const outcome = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "ok",
    (error: { cause?: { reason?: string } }) => error.cause?.reason ?? String(error),
  );

/** Links by signing in with the password after the provider's answer. */
async function linkByPassword(org: TestOrg, sub: string, user: SessionUser) {
  const { browser, to } = await signInBy(org, sub);
  await browser.signIn({ email: user.email, password: PASSWORD, linkToken: to.searchParams.get("link") ?? "" });
}

describe("somebody new with an address of the org's own domain", () => {
  it("gets an account, joins and goes where they wanted to", async () => {
    const { sub, email } = someone("acme.example");
    const { to, viewer } = await signInBy(acme, sub, { callbackUrl: `/${acme.slug}/people?range=30d` });
    expect(to.href).toBe(`${ORIGIN}/${acme.slug}/people?range=30d`);
    expect(viewer).toMatchObject({ email, isVerified: true, session: { method: `oidc:${acme.id}`, twoFactor: false } });
    const account = await accountOf(email);
    expect(account).toMatchObject({ name: `Person ${count}`, password_hash: null });
    expect(await identitiesOf(account.id)).toEqual([{ provider: `oidc:${acme.id}`, subject: sub }]);
    expect(await rolesOf(account.id)).toEqual([{ org_id: acme.id, role: "reader" }]);
    const { rows } = await database.owner.query(
      "select actor_id, ip, after from audit_events where org_id = $1 and action = 'member.join' and target_id = $2",
      [acme.id, account.id],
    );
    expect(rows).toEqual([
      { actor_id: account.id, ip: "203.0.113.9", after: { role: "reader", method: `oidc:${acme.id}` } },
    ]);
    const events = await callAs(viewer).account.events();
    expect(events.map(({ action, method }) => [action, method])).toEqual([
      ["session.start", { kind: "oidc", org: "Acme" }],
      ["account.create", { kind: "oidc", org: "Acme" }],
    ]);
  });

  it("comes back to the same account, also under another address", async () => {
    const { sub, email } = someone("acme.example");
    const first = await signInBy(acme, sub);
    idp.people.set(sub, { email: "renamed@acme.example" });
    const second = await signInBy(acme, sub);
    expect(second.viewer?.id).toBe(first.viewer?.id);
    expect(second.viewer?.email).toBe(email);
    expect(await accountOf("renamed@acme.example")).toBeUndefined();
  });

  it("does not join where nobody is to", async () => {
    await setUp(acme, null);
    const { sub, email } = someone("acme.example");
    const { viewer } = await signInBy(acme, sub);
    await setUp(acme, "reader");
    expect(viewer?.email).toBe(email);
    expect(await rolesOf(viewer?.id ?? "")).toEqual([]);
  });

  it("gets none for an address that the provider says nobody has checked", async () => {
    const { sub, email } = someone("acme.example", { email_verified: false });
    const { to, viewer } = await signInBy(acme, sub);
    expect(reasonIn(to)).toBe("provider_no_address");
    expect([viewer, await accountOf(email)]).toEqual([null, undefined]);
  });
});

describe("an address that is not of the org's own domain", () => {
  it.each([
    ["nobody's", "nobody.example", () => acme],
    ["another org's", "acme.example", () => other],
    ["one that DNS has not confirmed", "other.example", () => other],
    ["a longer one", "evil-acme.example", () => acme],
    ["one below", "sub.acme.example", () => acme],
  ])("makes no account: %s", async (_, domain, org) => {
    const { sub, email } = someone(domain);
    const { to, viewer } = await signInBy(org(), sub);
    expect(to.pathname).toBe("/sign-in");
    expect([viewer, await accountOf(email)]).toEqual([null, undefined]);
  });

  it("does not tell whether it has an account", async () => {
    const user = await makeUser();
    idp.people.set("knows-ada", { email: user.email });
    const { sub } = someone("nobody.example");
    const [known, unknown] = [await signInBy(other, "knows-ada"), await signInBy(other, sub)];
    const shape = ({ to, viewer }: { to: URL; viewer: unknown }) => [to.pathname, [...to.searchParams.keys()], viewer];
    expect(shape(known)).toEqual(["/sign-in", ["link", "email", "callbackUrl"], null]);
    expect(shape(unknown)).toEqual(shape(known));
  });
});

describe("an account that exists", () => {
  let user: SessionUser;
  beforeEach(async () => {
    user = await makeUser();
    idp.people.set(`sub-of-${user.email}`, { email: user.email });
  });
  const sub = () => `sub-of-${user.email}`;

  it("is not entered by its address, whose domain it may be", async () => {
    await database.owner.query("update users set email = $2 where id = $1", [user.id, `known-${count}@acme.example`]);
    idp.people.set("known", { email: `known-${count}@acme.example` });
    const { to, viewer } = await signInBy(acme, "known");
    expect([to.pathname, viewer]).toEqual(["/sign-in", null]);
    expect(await identitiesOf(user.id)).toEqual([]);
  });

  it("is entered once its owner has signed in with its password in the same browser", async () => {
    await linkByPassword(acme, sub(), user);
    expect(await identitiesOf(user.id)).toEqual([{ provider: `oidc:${acme.id}`, subject: sub() }]);
    await acme.access.inScope(({ db }) =>
      db.membership.create({ data: { orgId: acme.id, userId: user.id, role: "reader" } }),
    );
    expect((await signInBy(acme, sub())).viewer).toMatchObject({ id: user.id, session: { method: `oidc:${acme.id}` } });
  });

  it("is not linked by a token that was sent to its owner", async () => {
    const { to } = await signInBy(acme, sub());
    const linkToken = to.searchParams.get("link") ?? "";
    const victim = newBrowser();
    expect(await victim.signIn({ email: user.email, password: PASSWORD, linkToken })).toMatchObject({ code: null });
    expect(await identitiesOf(user.id)).toEqual([]);
  });

  it("is not entered by the same subject of another org's provider", async () => {
    await linkByPassword(acme, sub(), user);
    const { to, viewer } = await signInBy(other, sub());
    expect([to.pathname, viewer]).toEqual(["/sign-in", null]);
  });

  it("is no longer entered by the provider of an org that its owner has left", async () => {
    await linkByPassword(acme, sub(), user);
    const { to, viewer } = await signInBy(acme, sub());
    expect([reasonIn(to), viewer]).toEqual(["sso_not_member", null]);
    const [latest] = await callAs(user).account.events();
    expect(latest).toMatchObject({ action: "session.fail", method: { kind: "oidc" } });
  });

  it("asks for its second factor, and the session begins with both", async () => {
    await linkByPassword(acme, sub(), user);
    await acme.access.inScope(({ db }) =>
      db.membership.create({ data: { orgId: acme.id, userId: user.id, role: "reader" } }),
    );
    const { secret } = await withTwoFactor(user);
    const { browser, to, viewer } = await signInBy(acme, sub(), { callbackUrl: "/account/sessions" });
    expect([to.pathname, to.searchParams.get("callbackUrl"), viewer]).toEqual([
      "/sign-in/code",
      "/account/sessions",
      null,
    ]);
    await browser.signIn({ pendingToken: to.searchParams.get("pending") ?? "", code: codeOf(secret) });
    expect(await findSessionUser(await browser.sessionId())).toMatchObject({
      id: user.id,
      session: { method: `oidc:${acme.id}`, twoFactor: true },
    });
  });
});

describe("somebody who is signed in already", () => {
  async function comeBackSignedIn(callbackUrl = "/account/security") {
    const user = await makeUser();
    const browser = newBrowser();
    await browser.signIn({ email: user.email, password: PASSWORD });
    const { sub } = someone("acme.example");
    const { to, viewer } = await signInBy(acme, sub, { browser, callbackUrl });
    if (!viewer) throw new Error("the session has ended");
    return { user, sub, to, viewer, token: to.searchParams.get("token") ?? "" };
  }

  it("is asked whether to add it, gets no second account, and keeps the session", async () => {
    const { user, to, viewer, token } = await comeBackSignedIn(`/${acme.slug}/overview`);
    expect([to.pathname, to.searchParams.get("callbackUrl")]).toEqual(["/account/link", `/${acme.slug}/overview`]);
    expect(viewer).toMatchObject({ id: user.id, session: { method: "password" } });
    expect(await callAs(viewer).account.identities.offer({ token })).toEqual({
      method: { kind: "oidc", org: null },
      email: `person-${count}@acme.example`,
      providerId: null,
    });
    expect(await accountOf(`person-${count}@acme.example`)).toBeUndefined();
  });

  it("adds it by the password, and by nothing less", async () => {
    const { user, sub, viewer, token } = await comeBackSignedIn();
    const link = (proof?: string) => outcome(callAs(viewer).account.identities.link({ token, proof }));
    expect(await link()).toBe("wrong_proof");
    expect(await link("not the password")).toBe("wrong_proof");
    expect(await identitiesOf(user.id)).toEqual([]);
    expect(await link(PASSWORD)).toBe("ok");
    expect(await identitiesOf(user.id)).toEqual([{ provider: `oidc:${acme.id}`, subject: sub }]);
    expect(await link(PASSWORD)).toBe("link_expired");
  });

  it("adds nothing with a token of another session, be it of the same account", async () => {
    const { user, viewer, token } = await comeBackSignedIn();
    const elsewhere = await signedIn(user);
    const stranger = await signedIn(await makeUser());
    for (const caller of [elsewhere, stranger]) {
      expect(await callAs(caller).account.identities.offer({ token })).toBeNull();
      expect(await outcome(callAs(caller).account.identities.link({ token, proof: PASSWORD }))).toBe("link_expired");
    }
    expect(await outcome(callAs(viewer).account.identities.link({ token, proof: PASSWORD }))).toBe("ok");
  });

  it("cannot add what opens another account", async () => {
    const { sub } = someone("acme.example");
    const owner = (await signInBy(acme, sub)).viewer;
    const browser = newBrowser();
    const user = await makeUser();
    await browser.signIn({ email: user.email, password: PASSWORD });
    const { to, viewer } = await signInBy(acme, sub, { browser, callbackUrl: "/account/security" });
    expect([reasonIn(to), viewer?.id]).toEqual(["identity_taken", user.id]);
    expect(await identitiesOf(owner?.id ?? "")).toHaveLength(1);
  });
});

describe("what comes back is refused", () => {
  /** Begun, and signed in at the provider: what is left is to come back. */
  async function begun(org = acme) {
    const browser = newBrowser();
    const { sub } = someone("acme.example");
    return { browser, back: await idp.visit(await browser.begin(`oidc-${org.slug}`), sub) };
  }
  const changed = (url: string, parameters: Record<string, string>) => {
    const copy = new URL(url);
    for (const [name, value] of Object.entries(parameters)) copy.searchParams.set(name, value);
    return copy.href;
  };

  it.each([
    ["with another state", "provider_answer", (back: string) => changed(back, { state: "invented" })],
    ["with an invented code", "provider_answer", (back: string) => changed(back, { code: "invented" })],
    ["from another issuer", "provider_answer", (back: string) => changed(back, { iss: "https://evil.example" })],
    ["at the callback of another org", "provider_state", (back: string) => back.replace(acme.slug, other.slug)],
    ["at a callback of nobody", "provider_unknown", (back: string) => back.replace(acme.slug, "nobody")],
  ])("%s", async (_, reason, change) => {
    const { browser, back } = await begun();
    expect(reasonIn(await browser.comeBack(change(back)))).toBe(reason);
    expect(await browser.sessionId()).toBe("");
  });

  it("a second time", async () => {
    const { browser, back } = await begun();
    expect((await browser.comeBack(back)).pathname).toBe("/orgs");
    expect(reasonIn(await browser.comeBack(back))).toBe("provider_state");
  });

  it("in another browser", async () => {
    const { back } = await begun();
    const thief = newBrowser();
    await thief.csrfToken();
    expect(reasonIn(await thief.comeBack(back))).toBe("provider_state");
    expect(await thief.sessionId()).toBe("");
  });

  it("when somebody was not let in there", async () => {
    const browser = newBrowser();
    const back = await idp.visit(await browser.begin(`oidc-${acme.slug}`), "nobody the provider knows");
    expect(reasonIn(await browser.comeBack(back))).toBe("provider_cancelled");
  });

  it("too often from one network, with the seconds to wait, which does not touch others", async () => {
    const browser = newBrowser("198.51.100.1");
    const { max } = credentialLimits.provider_answer.network;
    for (let n = 0; n < max; n++)
      await browser.comeBack(`${ORIGIN}/api/auth/callback/oidc-${acme.slug}?code=x&state=x`);
    const { sub } = someone("acme.example");
    const { to } = await signInBy(acme, sub, { browser });
    expect(reasonIn(to)).toBe("too_many_attempts");
    expect(Number(to.searchParams.get("wait"))).toBeGreaterThan(800);
    expect((await signInBy(acme, sub)).to.pathname).toBe("/orgs");
  });
});

it("an office comes in from one address: who is let in is not counted", async () => {
  const { max } = credentialLimits.provider_start.network;
  const { sub } = someone("acme.example");
  for (let n = 0; n <= max; n++) expect((await signInBy(acme, sub)).to.pathname).toBe("/orgs");
});

describe("a sign-in does not begin", () => {
  const refusedAt = async (org: TestOrg) => reasonIn(new URL(await newBrowser().begin(`oidc-${org.slug}`)));

  it("at a provider that calls itself something else", async () => {
    await setUp(other, null, idp.issuer.replace("127.0.0.1", "localhost"));
    expect(await refusedAt(other)).toBe("provider_answer");
    await setUp(other, "admin");
  });

  it("at an address of the network inside, unless that is allowed", async () => {
    env().ALLOW_PRIVATE_ADDRESSES = false;
    expect(await refusedAt(acme)).toBe("identity_provider_unreachable");
    env().ALLOW_PRIVATE_ADDRESSES = true;
  });

  it("where there is no single sign-on", async () => {
    expect(await refusedAt(await makeOrg())).toBe("provider_unknown");
  });

  it("by a page of another site, which has no token of ours", async () => {
    const browser = newBrowser();
    await browser.csrfToken();
    const response = await browser.send(`/signin/oidc-${acme.slug}`, { csrfToken: "0".repeat(64), callbackUrl: "/" });
    expect(reasonIn(new URL(((await response.json()) as { url: string }).url))).toBe("provider_state");
  });

  it("in order to lead to another site", async () => {
    const { sub } = someone("acme.example");
    const { to } = await signInBy(acme, sub, { callbackUrl: "https://evil.example/" });
    expect(to.origin).toBe(ORIGIN);
  });
});

describe("an org that is open only this way", () => {
  it("closes to other sessions, opens to its own, and lets everybody leave", async () => {
    const { sub } = someone("acme.example");
    const { viewer } = await signInBy(acme, sub);
    if (!viewer) throw new Error("nobody was signed in");
    const demand = (isRequired: boolean) =>
      database.owner.query("update orgs set require_sso = $2 where id = $1", [acme.id, isRequired]);
    const read = (user: SessionUser) => outcome(callAs(user).orgs.get({ org: acme.slug }));
    await demand(true);
    const by = (method: string) => ({ ...viewer, session: { ...viewer.session, method } });
    const byPassword = by("password");
    expect(await read(viewer)).toBe("ok");
    expect(await read(byPassword)).toBe("sso_required");
    expect(await read(by(`oidc:${other.id}`))).toBe("sso_required");
    expect(await outcome(callAs(byPassword).members.leave({ org: acme.slug }))).toBe("ok");
    expect(await rolesOf(viewer.id)).toEqual([]);
    await demand(false);
  });
});

describe("the way to it", () => {
  const find = (hint: string) => callAs(null).auth.findSso({ hint });

  it("is found by an address of a confirmed domain, with or without account, and by the org's name", async () => {
    const found = { providerId: `oidc-${acme.slug}`, isRequired: false };
    const { sub, email } = someone("acme.example");
    await signInBy(acme, sub);
    expect(await find(email)).toEqual(found);
    expect(await find("Nobody@ACME.example")).toEqual(found);
    expect(await find(acme.slug)).toEqual(found);
  });

  it.each(["ada@other.example", "ada@nobody.example", "no-such-org", "@", "acme.example"])(
    "is not found by %s",
    async (hint) => expect(await find(hint)).toBeNull(),
  );

  it("is not looked for without end", async () => {
    const { max } = credentialLimits.provider_lookup.network;
    const answers = await Promise.all(Array.from({ length: max + 3 }, () => outcome(find("no-such-org"))));
    expect(answers.filter((answer) => answer === "too_many_attempts")).toHaveLength(3);
  });
});
