import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FindProvider } from "@/server/auth/identities/provider";
import { gitHubProvider, googleProvider } from "@/server/auth/identities/public-providers";
import { findSessionUser } from "@/server/auth/sessions";
import { env } from "@/server/env";
import { Browser, ORIGIN } from "@/server/testing/browser";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeUser, PASSWORD } from "@/server/testing/factories";
import { type GitHubAddress, startStandInGitHub } from "@/server/testing/stand-in-github";
import { type Lies, type StandInIssuer, startStandInIssuer } from "@/server/testing/stand-in-issuer";

// Google and GitHub as they are configured, at stand-ins that say what a test wants.
const database = useTestDatabase({ AUTH_URL: ORIGIN, AUTH_TRUST_HOST: "true", ALLOW_PRIVATE_ADDRESSES: "true" });

let google: StandInIssuer;
let gitHub: Awaited<ReturnType<typeof startStandInGitHub>>;
const findProvider: FindProvider = (id) =>
  Promise.resolve(
    id === "google"
      ? googleProvider(google.client, google.issuer)
      : gitHubProvider({ clientId: "x", clientSecret: "x" }, gitHub.at),
  );

beforeAll(async () => {
  google = await startStandInIssuer();
  gitHub = await startStandInGitHub();
});
afterAll(async () => {
  await google.close();
  await gitHub.close();
});
beforeEach(() => database.owner.query("truncate throttle_hits"));

let count = 0;
const newAddress = () => `person-${++count}@mail.example`;

const accountOf = async (email: string) =>
  (await database.owner.query("select id, name from users where email = $1", [email])).rows[0];

async function arrive(browser: Browser, back: string) {
  const to = await browser.comeBack(back);
  const sessionId = await browser.sessionId();
  return {
    went: to.pathname === "/sign-in/refused" ? to.searchParams.get("reason") : to.pathname,
    viewer: sessionId ? await findSessionUser(sessionId) : null,
    linkToken: to.searchParams.get("link") ?? "",
  };
}

async function byGoogle(
  claims: Record<string, unknown>,
  { lies = {} as Lies, browser = new Browser(findProvider) } = {},
) {
  return arrive(browser, google.visit(await browser.begin("google"), claims, lies));
}

async function byGitHub(id: number, addresses: GitHubAddress[], person: object = {}) {
  const browser = new Browser(findProvider);
  return arrive(browser, gitHub.visit(await browser.begin("github"), { id, login: "ada", addresses, ...person }));
}

describe("Google", () => {
  it("makes an account by a verified address, and finds it again by the subject alone", async () => {
    const email = newAddress();
    const first = await byGoogle({ sub: "g-1", email, email_verified: true, name: "Ada" });
    expect(first).toMatchObject({ went: "/orgs", viewer: { email, name: "Ada", session: { method: "google" } } });
    const second = await byGoogle({ sub: "g-1", email: newAddress(), email_verified: true });
    expect(second.viewer?.id).toBe(first.viewer?.id);
    const other = await byGoogle({ sub: "g-2", email, email_verified: true });
    expect(other).toMatchObject({ went: "/sign-in", viewer: null });
  });

  it.each([
    ["not verified", { email_verified: false }],
    ["of which nothing is said", {}],
  ])("makes none by an address that is %s", async (_, claims) => {
    const email = newAddress();
    expect(await byGoogle({ sub: `g-${email}`, email, ...claims })).toMatchObject({
      went: "provider_no_address",
      viewer: null,
    });
    expect(await accountOf(email)).toBeUndefined();
  });

  it("does not enter an account by its address, but links once its owner signs in", async () => {
    const user = await makeUser();
    const claims = { sub: `g-${user.email}`, email: user.email, email_verified: true };
    const browser = new Browser(findProvider);
    const { went, viewer, linkToken } = await byGoogle(claims, { browser });
    expect([went, viewer]).toEqual(["/sign-in", null]);
    await browser.signIn({ email: user.email, password: PASSWORD, linkToken });
    expect((await byGoogle(claims)).viewer).toMatchObject({ id: user.id, session: { method: "google" } });
  });

  it("may keep the address out of its userinfo: the token's counts", async () => {
    const email = newAddress();
    const lies = { idToken: { email, email_verified: true } };
    expect((await byGoogle({ sub: "g-token-only" }, { lies })).viewer).toMatchObject({ email });
  });

  it("cannot vouch in the token for an address that it names elsewhere", async () => {
    const email = newAddress();
    const lies = {
      idToken: { email: newAddress(), email_verified: true },
      userinfo: { email, email_verified: undefined },
    };
    expect((await byGoogle({ sub: "g-mixed" }, { lies })).went).toBe("provider_no_address");
    expect(await accountOf(email)).toBeUndefined();
  });
});

describe("a token is refused", () => {
  const past = Math.floor(Date.now() / 1000) - 3600;
  it.each([
    ["of another issuer", { idToken: { iss: "https://evil.example" } }],
    ["for another client", { idToken: { aud: "somebody else" } }],
    ["for another sign-in", { idToken: { nonce: "another" } }],
    ["without the nonce", { idToken: { nonce: undefined } }],
    ["that is over", { idToken: { iat: past - 300, exp: past } }],
    ["of somebody else than the userinfo", { userinfo: { sub: "somebody else" } }],
    ["without a subject", { idToken: { sub: undefined } }],
  ])("%s", async (_, lies: Lies) => {
    const email = newAddress();
    const claims = { sub: `lied-${email}`, email, email_verified: true };
    expect(await byGoogle(claims, { lies })).toMatchObject({ went: "provider_answer", viewer: null });
    expect(await accountOf(email)).toBeUndefined();
  });

  it("that is asked for without the proof of who began", async () => {
    const [mine, thiefs] = [new Browser(findProvider), new Browser(findProvider)];
    const claims = { sub: "g-pkce", email: newAddress(), email_verified: true };
    const stolen = new URL(google.visit(await mine.begin("google"), claims));
    const begun = new URL(google.visit(await thiefs.begin("google"), claims));
    begun.searchParams.set("code", stolen.searchParams.get("code") ?? "");
    expect(await arrive(thiefs, begun.href)).toMatchObject({ went: "provider_answer", viewer: null });
  });
});

describe("GitHub", () => {
  const address = (primary: boolean, verified: boolean): GitHubAddress => ({ email: newAddress(), primary, verified });

  it("makes an account by the primary verified address", async () => {
    const [second, primary] = [address(false, true), address(true, true)];
    const { viewer } = await byGitHub(1, [second, primary]);
    expect(viewer).toMatchObject({ email: primary.email, name: "ada", session: { method: "github" } });
    expect((await byGitHub(1, [second])).viewer?.id).toBe(viewer?.id);
  });

  it("takes another verified one where the primary one is not", async () => {
    const [primary, second] = [address(true, false), address(false, true)];
    expect((await byGitHub(2, [primary, second])).viewer).toMatchObject({ email: second.email });
  });

  it("makes none by an address that is not verified, be it on the person's page", async () => {
    const unverified = address(true, false);
    const refused = await byGitHub(3, [unverified], { email: unverified.email });
    expect(refused).toMatchObject({ went: "provider_no_address", viewer: null });
    expect(await accountOf(unverified.email)).toBeUndefined();
  });

  it("may be asked from another network only if its addresses are public", async () => {
    const browser = new Browser(findProvider);
    const back = gitHub.visit(await browser.begin("github"), { id: 4, login: "ada", addresses: [address(true, true)] });
    env().ALLOW_PRIVATE_ADDRESSES = false;
    expect(await arrive(browser, back)).toMatchObject({ went: "identity_provider_unreachable", viewer: null });
    env().ALLOW_PRIVATE_ADDRESSES = true;
  });
});

describe("what is configured", () => {
  it("is what the sign-in page shows", async () => {
    expect(await callAs(null).auth.providers()).toEqual([]);
    Object.assign(env(), { GITHUB_CLIENT_ID: "id", GITHUB_CLIENT_SECRET: "secret" });
    expect(await callAs(null).auth.providers()).toEqual(["github"]);
    Object.assign(env(), { GITHUB_CLIENT_ID: undefined, GITHUB_CLIENT_SECRET: undefined });
  });
});
