import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { issueLinkToken, peekLink } from "@/server/auth/link-identity";
import { issueToken, peekToken } from "@/server/auth/one-time-tokens";
import { findSessionUser, type SessionUser, startSession } from "@/server/auth/sessions";
import { noClient } from "@/server/lib/client-info";
import { openSsoSecret } from "@/server/orgs/sso-secret";
import type { SsoSettings } from "@/server/sso/schema";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeMember, makeOrg, makeUser, type TestOrg } from "@/server/testing/factories";
import { type Issuers, startIssuers } from "@/server/testing/issuer";

const database = useTestDatabase({ ALLOW_PRIVATE_ADDRESSES: "true", AUTH_URL: "https://tollkeeper.example" });
let issuers: Issuers;
let org: TestOrg;
let owner: SessionUser;

beforeAll(async () => {
  issuers = await startIssuers();
});
afterAll(() => issuers.close());
beforeEach(async () => {
  org = await makeOrg();
  owner = withTwoFactor(org.owner);
});

const SECRET = "a secret of the provider's";
const query = async (text: string, values: unknown[] = [org.id]) => (await database.owner.query(text, values)).rows;
const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "done",
    (error: { code?: string; cause?: { reason?: string } }) => error.cause?.reason ?? error.code,
  );

/** The session of somebody who gave a code. */
const withTwoFactor = (user: SessionUser): SessionUser => ({ ...user, session: { ...user.session, twoFactor: true } });
const byProvider = (user: SessionUser): SessionUser => ({
  ...user,
  session: { ...user.session, method: `oidc:${org.id}` },
});

const sso = (user: SessionUser = owner) => callAs(user).sso;
const settings = (user?: SessionUser): Promise<SsoSettings> => sso(user).get({ org: org.slug });
const registration = () => ({
  org: org.slug,
  issuer: `${issuers.origin}/acme`,
  clientId: "tollkeeper",
  clientSecret: SECRET as string | undefined,
  joinAs: "reader" as "reader" | "admin" | null,
});
const set = (changes: Partial<ReturnType<typeof registration>> = {}, user?: SessionUser) =>
  sso(user).setProvider({ ...registration(), ...changes });
const storedSecret = () =>
  org.access.inScope(async (scope) => {
    const row = await scope.db.orgSso.findFirstOrThrow();
    return openSsoSecret(scope, row.clientSecretSealed);
  });
const audits = () =>
  query("select action, before, after from audit_events where org_id = $1 and action like 'sso.%' order by seq");
const verify = (domain: string) =>
  query("insert into org_domains (org_id, domain, challenge, verified_at) values ($1, $2, 'x', now())", [
    org.id,
    domain,
  ]);
const demand = (isRequired: boolean, user?: SessionUser) => sso(user).require({ org: org.slug, isRequired });
const link = (user: SessionUser) =>
  query("insert into user_identities (id, user_id, provider, subject) values ($1, $2, $3, $4)", [
    randomUUID(),
    user.id,
    `oidc:${org.id}`,
    `subject-of-${user.id}`,
  ]);
/** A sign-in that the provider has let through, and that waits for its second factor. */
const waitForCode = ({ id, email }: SessionUser) =>
  issueToken({
    purpose: "second_factor",
    email,
    userId: id,
    data: { method: `oidc:${org.id}` },
    lifetimeMinutes: 10,
  });
const start = (user: SessionUser, method: string) =>
  startSession({ account: user, proof: { method, twoFactor: false }, client: noClient });

describe("the identity provider", () => {
  it("is set up once its issuer answers, and read without its secret", async () => {
    expect(await settings()).toMatchObject({
      provider: null,
      callbackAddress: `https://tollkeeper.example/api/auth/callback/oidc-${org.slug}`,
    });
    await set();
    const { provider } = await settings();
    expect(provider).toEqual({
      issuer: `${issuers.origin}/acme`,
      clientId: "tollkeeper",
      joinAs: "reader",
      updatedAt: expect.any(String),
    });
    expect(await storedSecret()).toBe(SECRET);
    const rows = await query(
      "select s::text || encode(client_secret_sealed, 'escape') as row from org_sso s where org_id = $1",
    );
    expect(JSON.stringify([await settings(), rows, await audits()])).not.toContain(SECRET);
  });

  it("that does not answer as one is not stored", async () => {
    issuers.set("/other", { fields: { issuer: "https://login.example.com" } });
    expect(await reasonOf(set({ issuer: `${issuers.origin}/other` }))).toBe("issuer_mismatch");
    expect((await settings()).provider).toBeNull();
    expect(await audits()).toEqual([]);
  });

  it("keeps its secret as long as the issuer stays", async () => {
    expect(await reasonOf(set({ clientSecret: undefined }))).toBe("sso_secret_missing");
    await set();
    await set({ clientId: "renamed", joinAs: null, clientSecret: undefined });
    expect((await settings()).provider).toMatchObject({ clientId: "renamed", joinAs: null });
    expect(await storedSecret()).toBe(SECRET);
    await set({ clientSecret: "rotated" });
    expect(await storedSecret()).toBe("rotated");
    const elsewhere = { issuer: `${issuers.origin}/elsewhere` };
    expect(await reasonOf(set({ ...elsewhere, clientSecret: undefined }))).toBe("sso_secret_missing");
    expect(await storedSecret()).toBe("rotated");
    await set({ ...elsewhere, clientSecret: "of the other" });
    expect(await storedSecret()).toBe("of the other");
  });

  it("leaves before and after in the audit log, and nothing where nothing changes", async () => {
    await set();
    await set({ joinAs: "admin", clientSecret: undefined });
    await set({ joinAs: "admin", clientSecret: undefined });
    const first = { issuer: `${issuers.origin}/acme`, clientId: "tollkeeper", joinAs: "reader" };
    expect(await audits()).toEqual([
      { action: "sso.update", before: null, after: { ...first, isSecretNew: true } },
      { action: "sso.update", before: first, after: { ...first, joinAs: "admin", isSecretNew: false } },
    ]);
  });

  it("of another issuer knows none of the accounts of the one before", async () => {
    await set();
    const member = await makeMember(org, "reader");
    await link(member);
    const sessions = { theirs: await start(member, `oidc:${org.id}`), others: await start(member, "password") };
    const holder = "browser:theirs";
    const identity = { provider: `oidc:${org.id}`, subject: "on its way", email: null };
    const token = await issueLinkToken({ account: member, identity, holder });
    await set({ clientSecret: "rotated" });
    expect(await findSessionUser(sessions.theirs)).not.toBeNull();
    expect(await peekLink(member.id, token, holder)).toEqual(identity);
    const pending = await waitForCode(member);
    await set({ issuer: `${issuers.origin}/elsewhere` });
    expect(await peekLink(member.id, token, holder)).toBeNull();
    expect(await peekToken("second_factor", pending)).toBeNull();
    expect(await query("select 1 from user_identities where provider = $1", [`oidc:${org.id}`])).toEqual([]);
    expect(await findSessionUser(sessions.theirs)).toBeNull();
    expect(await findSessionUser(sessions.others)).not.toBeNull();
  });

  it("is removed with its secret, its accounts and its sessions", async () => {
    await set();
    const member = await makeMember(org, "reader");
    await link(member);
    const session = await start(member, `oidc:${org.id}`);
    const pending = await waitForCode(member);
    await sso().removeProvider({ org: org.slug, stopRequiring: false });
    expect((await settings()).provider).toBeNull();
    expect(await query("select 1 from org_sso where org_id = $1")).toEqual([]);
    expect(await findSessionUser(session)).toBeNull();
    expect(await peekToken("second_factor", pending)).toBeNull();
    expect(await query("select 1 from user_identities where user_id = $1", [member.id])).toEqual([]);
    expect((await audits()).at(-1)).toEqual({
      action: "sso.remove",
      before: { issuer: `${issuers.origin}/acme`, clientId: "tollkeeper", joinAs: "reader" },
      after: null,
    });
    expect(await reasonOf(sso().removeProvider({ org: org.slug, stopRequiring: false }))).toBe("not_found");
  });

  it("is the owners' to set and the admins' to see", async () => {
    const [admin, reader] = [await makeMember(org, "admin"), await makeMember(org, "reader")];
    await set();
    expect(await settings(admin)).toMatchObject({ provider: { clientId: "tollkeeper" } });
    expect(await reasonOf(set({}, admin))).toBe("role_lacks_permission");
    expect(await reasonOf(settings(reader))).toBe("role_lacks_permission");
  });

  it("makes nobody an owner", async () => {
    expect(await reasonOf(set({ joinAs: "owner" as "admin" }))).toBe("BAD_REQUEST");
  });
});

describe("requiring single sign-on", () => {
  it("takes a provider, a verified domain and an owner who gets in", async () => {
    expect((await settings(org.owner)).obstacles).toEqual(["sso_not_configured", "sso_without_domain", "sso_unproven"]);
    expect(await reasonOf(demand(true))).toBe("sso_not_configured");
    await set();
    expect(await reasonOf(demand(true))).toBe("sso_without_domain");
    await verify(`required-${org.slug}.example`);
    expect(await reasonOf(demand(true, org.owner))).toBe("sso_unproven");
    expect((await settings()).obstacles).toEqual([]);
    await demand(true);
    expect(await settings()).toMatchObject({ isRequired: true });
    expect((await audits()).at(-1)).toEqual({
      action: "sso.require",
      before: { requireSso: false },
      after: { requireSso: true },
    });
  });

  it("does not count a second factor that this session was not proven with", async () => {
    await set();
    await verify(`unproven-${org.slug}.example`);
    await query("insert into two_factors (user_id, sealed_secret, confirmed_at) values ($1, '\\x01', now())", [
      owner.id,
    ]);
    expect(await reasonOf(demand(true, org.owner))).toBe("sso_unproven");
    expect(
      await reasonOf(demand(true, { ...org.owner, session: { ...org.owner.session, method: "oidc:other" } })),
    ).toBe("sso_unproven");
    await demand(true, byProvider(org.owner));
  });

  it("shuts others out from their next request on, and lets them in again", async () => {
    const member = await makeMember(org, "admin");
    await set();
    await verify(`next-${org.slug}.example`);
    await demand(true);
    expect(await reasonOf(settings(member))).toBe("sso_required");
    expect(await reasonOf(settings(withTwoFactor(member))), "no owner").toBe("sso_required");
    expect(await reasonOf(settings(org.owner))).toBe("sso_required");
    expect(await settings(byProvider(member))).toMatchObject({ isRequired: true });
    await demand(false);
    expect(await settings(member)).toMatchObject({ isRequired: false });
  });

  it("says how many it shuts out", async () => {
    const [linked, second] = [await makeMember(org, "reader"), await makeMember(org, "owner")];
    await makeMember(org, "admin");
    await link(linked);
    await link(await makeUser("Stranger"));
    await query("insert into two_factors (user_id, sealed_secret, confirmed_at) values ($1, '\\x01', now())", [
      second.id,
    ]);
    await query("insert into two_factors (user_id, sealed_secret) values ($1, '\\x01')", [org.owner.id]);
    expect((await settings()).people).toEqual({ total: 4, shutOut: 2, ownersWithTwoFactor: 1 });
  });

  it("cannot go on without provider or domain: it ends only where that is meant", async () => {
    const domain = `last-${org.slug}.example`;
    const remove = {
      provider: (stopRequiring: boolean) => sso().removeProvider({ org: org.slug, stopRequiring }),
      domain: (stopRequiring: boolean) => sso().removeDomain({ org: org.slug, domain, stopRequiring }),
    };
    await set();
    await verify(domain);
    for (const what of ["domain", "provider"] as const) {
      await demand(true);
      expect(await reasonOf(remove[what](false)), what).toBe("sso_required_still");
      expect(await settings()).toMatchObject({ isRequired: true, provider: {}, domains: [{ domain }] });
      await remove[what](true);
      expect(await settings()).toMatchObject({ isRequired: false });
      const actions = (await query("select action from audit_events where org_id = $1 order by seq")).slice(-2);
      expect(actions).toEqual([
        { action: "sso.require" },
        { action: what === "domain" ? "domain.remove" : "sso.remove" },
      ]);
      if (what === "domain") await verify(domain);
    }
  });

  it("keeps the issuer, and lets client and secret change", async () => {
    await set();
    await verify(`kept-${org.slug}.example`);
    await demand(true);
    expect(await reasonOf(set({ issuer: `${issuers.origin}/elsewhere` }))).toBe("sso_required_still");
    await set({ clientId: "renamed", clientSecret: "rotated" });
    expect((await settings()).provider).toMatchObject({ issuer: `${issuers.origin}/acme`, clientId: "renamed" });
  });

  it("never outlives its last domain, whoever is first", async () => {
    for (let round = 0; round < 5; round++) {
      const domain = `race-${round}-${org.slug}.example`;
      await set();
      await verify(domain);
      await Promise.allSettled([demand(true), sso().removeDomain({ org: org.slug, domain, stopRequiring: false })]);
      const { isRequired, domains } = await settings();
      expect([isRequired, domains.length], `round ${round}`).toEqual(isRequired ? [true, 1] : [false, 0]);
      if (isRequired) await sso().removeDomain({ org: org.slug, domain, stopRequiring: true });
    }
  });
});
