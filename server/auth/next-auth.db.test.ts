import { NextRequest } from "next/server";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { handleAuthRequest } from "@/server/auth/handle-auth-request";
import { findSessionUser } from "@/server/auth/sessions";
import { env } from "@/server/env";
import { codeOf, withTwoFactor } from "@/server/testing/authenticator";
import { Browser, ORIGIN } from "@/server/testing/browser";
import { useTestDatabase } from "@/server/testing/database";
import { makeUser, PASSWORD } from "@/server/testing/factories";

// Sign-in over HTTP as a browser does it: cookies, refusals and their waits.
const database = useTestDatabase({ AUTH_URL: ORIGIN, AUTH_TRUST_HOST: "true" });
Object.assign(globalThis, { [Symbol.for("tollkeeper.client-address")]: true });
let user: Awaited<ReturnType<typeof makeUser>>;

beforeAll(async () => {
  user = await makeUser();
});
beforeEach(() => database.owner.query("truncate throttle_hits"));

const password = () => ({ email: user.email, password: PASSWORD });

describe("the session's cookie", () => {
  it("cannot be read by scripts, travels over https only, and not with other sites' posts", async () => {
    const browser = new Browser();
    expect(await browser.signIn(password())).toMatchObject({ status: 200, code: null });
    const cookie = browser.setCookies.find((text) => text.startsWith("__Secure-authjs.session-token="));
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; Secure/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    expect(cookie).toMatch(/; Path=\/(;|$)/i);
    expect(cookie).not.toMatch(/; Domain=/i);
  });

  it("names a session with where it came from, and nothing else", async () => {
    const browser = new Browser();
    await browser.signIn(password());
    const sessionId = await browser.sessionId();
    expect(await findSessionUser(sessionId)).toMatchObject({ id: user.id, session: { method: "password" } });
    const { rows } = await database.owner.query("select ip, user_agent, method from user_sessions where id = $1", [
      sessionId,
    ]);
    expect(rows).toEqual([{ ip: "203.0.113.9", user_agent: "Test/1.0", method: "password" }]);
  });

  it("changes at every sign-in, and the session before it ends, also for a copy of its cookie", async () => {
    const browser = new Browser();
    await browser.signIn(password());
    const before = await browser.sessionId();
    const thief = new Browser();
    for (const [name, value] of browser.cookies) thief.cookies.set(name, value);
    await browser.signIn(password());
    expect(await browser.sessionId()).not.toBe(before);
    expect(await findSessionUser(await thief.sessionId())).toBeNull();
    expect(await findSessionUser(await browser.sessionId())).not.toBeNull();
  });

  it("of somebody else, brought along, is not signed in", async () => {
    const other = await makeUser("Other");
    const browser = new Browser();
    await browser.signIn({ email: other.email, password: PASSWORD });
    const othersSession = await browser.sessionId();
    await browser.signIn(password());
    expect(await findSessionUser(await browser.sessionId())).toMatchObject({ id: user.id });
    expect(await findSessionUser(othersSession)).toBeNull();
  });

  it("ends with signing out, also for a copy", async () => {
    const browser = new Browser();
    await browser.signIn(password());
    const sessionId = await browser.sessionId();
    await browser.send("/signout", { csrfToken: await browser.csrfToken() });
    expect(await findSessionUser(sessionId)).toBeNull();
    expect(await browser.sessionId()).toBe("");
  });

  it("is not given for a forged, foreign or missing one", async () => {
    const browser = new Browser();
    browser.cookies.set("__Secure-authjs.session-token", "eyJhbGciOiJkaXIifQ..forged");
    expect(await browser.sessionId()).toBe("");
    expect(await browser.signIn(password())).toMatchObject({ code: null });
  });
});

describe("a refusal", () => {
  it("gives no session and says why in one word", async () => {
    const browser = new Browser();
    expect(await browser.signIn({ ...password(), password: "not this one" })).toMatchObject({
      status: 200,
      code: "wrong_credentials",
      retryAfter: null,
    });
    expect(await browser.sessionId()).toBe("");
  });

  it("for too many tries says how long to wait, in its status, its header and its code", async () => {
    const browser = new Browser();
    for (let n = 0; n < 10; n++) await browser.signIn({ ...password(), password: `wrong ${n}` });
    const { status, code, retryAfter } = await browser.signIn(password());
    expect(status).toBe(429);
    expect(Number(retryAfter)).toBeGreaterThan(800);
    expect(code).toBe(`too_many_attempts.${retryAfter}`);
  });

  it("without the page's own token is given before anything is looked at", async () => {
    const browser = new Browser();
    await browser.csrfToken();
    await browser.send("/callback/credentials", { csrfToken: "0".repeat(64), ...password() });
    expect(await browser.sessionId()).toBe("");
  });

  it("does not lead to another site", async () => {
    const browser = new Browser();
    const { url } = await browser.signIn({ ...password(), callbackUrl: "https://evil.example/" });
    expect(new URL(url).origin).toBe(ORIGIN);
  });
});

describe("what is posted", () => {
  const post = (headers: Record<string, string>, body: BodyInit) =>
    handleAuthRequest(
      new NextRequest(`${ORIGIN}/api/auth/callback/credentials`, {
        method: "POST",
        headers: { host: new URL(ORIGIN).host, "content-type": "application/x-www-form-urlencoded", ...headers },
        body,
      }),
      () => Promise.resolve(null),
    );

  it.each([
    ["another site", { "sec-fetch-site": "cross-site" }],
    ["a sibling domain", { "sec-fetch-site": "same-site" }],
    ["another origin, by an older browser", { origin: "https://attacker.example" }],
  ])("by %s is refused", async (_, headers) => {
    expect((await post(headers, "email=x")).status).toBe(403);
  });

  it("without end is refused before it is read to its end", async () => {
    let pieces = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pieces += 1;
        controller.enqueue(new Uint8Array(8 * 1024));
      },
    });
    const request = new NextRequest(`${ORIGIN}/api/auth/signout`, { method: "POST", body: endless, duplex: "half" });
    expect((await handleAuthRequest(request, () => Promise.resolve(null))).status).toBe(413);
    expect(pieces).toBeLessThan(10);
  });
});

describe("with a second factor", () => {
  it("the password gives no session but a token to go on with; the code gives the session", async () => {
    const { user: ada, secret } = await withTwoFactor(await makeUser("Ada"));
    const browser = new Browser();
    const { code } = await browser.signIn({ email: ada.email, password: PASSWORD });
    expect(code).toMatch(/^second_factor\.[\w-]{43}$/);
    expect(await browser.sessionId()).toBe("");
    const pendingToken = code?.split(".")[1] ?? "";
    expect(await browser.signIn({ pendingToken, code: codeOf(secret) })).toMatchObject({ code: null });
    expect(await findSessionUser(await browser.sessionId())).toMatchObject({
      id: ada.id,
      session: { method: "password", twoFactor: true },
    });
  });
});

it("on plain http the cookie is not marked for https, or it would never come back", async () => {
  env().AUTH_URL = "http://localhost:3000";
  process.env.AUTH_URL = "http://localhost:3000";
  const browser = new Browser();
  await browser.signIn(password());
  const cookie = browser.setCookies.find((text) => text.startsWith("authjs.session-token="));
  expect(cookie).toMatch(/; HttpOnly/i);
  expect(cookie).toMatch(/; SameSite=Lax/i);
  expect(cookie).not.toMatch(/; Secure/i);
});
