import { mutate, prepare, query } from "./support/api";
import { baseURL } from "./support/installation";
import { orgPages, signedInPages } from "./support/pages";
import { fillSignIn, join, newPerson, signIn, signOut, signUp } from "./support/people";
import { expect, test } from "./support/test";

test("to a stranger no page of an organization exists", async ({ page, sample }) => {
  await signUp(page.request);
  const absent = await page.goto("/no-such-organization/overview");
  expect(absent?.status()).toBe(404);
  const words = await page.getByRole("main").innerText();
  for (const path of orgPages(sample)) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
    expect(await page.getByRole("main").innerText(), path).toBe(words);
    const html = await page.content();
    for (const secret of ["Sample viewers", "Robot Vision", "org-sandboxacme"]) {
      expect(html.includes(secret), `${path} names ${secret}`).toBe(false);
    }
  }
});

test("somebody else's connection is not found in an organization of one's own", async ({ page, owner, sample }) => {
  const response = await page.goto(`/${owner.org}/connections/${sample.connectionId}`);
  expect(response?.status()).toBe(404);
  const input = { org: owner.org, connectionId: sample.connectionId };
  expect(await query(page.request, "connections.get", input)).toMatchObject({ status: 404, data: null });
  expect(await mutate(page.request, "connections.pause", input)).toMatchObject({ status: 404, data: null });
});

test("the API knows no organization that one does not belong to", async ({ page, sample }) => {
  await signUp(page.request);
  const range = { from: "2026-01-01", to: "2026-02-01" };
  const { org, connectionId } = sample;
  const reads: [string, object][] = [
    ["orgs.get", {}],
    ["connections.list", {}],
    ["connections.get", { connectionId }],
    ["sync.runs", { connectionId }],
    ["orgs.frame", {}],
    ["usage.overview", { range }],
    ["usage.breakdown", { range, dimension: "project" }],
    ["usage.member", { range, dimension: "project", key: null }],
    ["tokens.list", {}],
    ["audit.list", {}],
    ["audit.verify", {}],
  ];
  for (const [procedure, input] of reads) {
    expect(await query(page.request, procedure, { org, ...input }), procedure).toEqual({
      status: 404,
      data: null,
      reason: "not_found",
    });
  }
  const writes: [string, object][] = [
    ["connections.verify", { adminKey: "sk-admin-sandbox-beacon" }],
    ["connections.createSample", {}],
    ["connections.pause", { connectionId }],
    ["connections.delete", { connectionId, history: "erase" }],
    ["sync.start", { connectionId }],
    ["tokens.create", { name: "x", scopes: ["usage:read"], expiresAt: null }],
    ["tokens.revoke", { tokenId: connectionId }],
  ];
  for (const [procedure, input] of writes) {
    expect(await mutate(page.request, procedure, { org, ...input }), procedure).toMatchObject({
      status: 404,
      data: null,
    });
  }
});

test("without a session the API says so and nothing else", async ({ request, sample }) => {
  expect(await query(request, "orgs.list")).toEqual({ status: 401, data: null, reason: "signed_out" });
  expect(await query(request, "connections.list", { org: sample.org })).toMatchObject({ status: 401, data: null });
});

test("signed out, every page asks to sign in first and comes back to itself", async ({ page, sample }) => {
  for (const path of orgPages(sample)) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Sign in" }), path).toBeVisible();
  }
  const wanted = `/${sample.org}/people?range=last-7-days`;
  await page.goto(wanted);
  await expect(page).toHaveURL(`/sign-in?callbackUrl=${encodeURIComponent(wanted)}`);
  await fillSignIn(page, sample.owner);
  await expect(page).toHaveURL(wanted);
  await expect(page.getByRole("heading", { name: "People", level: 1 })).toBeVisible();
});

test("without a session that counts no page says anything", async ({ page, browser, sample }) => {
  await signIn(page.request, sample.owner);
  const ended = await browser.newContext({ baseURL });
  await signIn(ended.request, sample.owner);
  const paths = signedInPages(sample);
  expect(paths.length).toBeGreaterThan(30);
  for (const path of orgPages(sample)) expect((await ended.request.get(path)).status(), path).toBe(200);
  await prepare(page.request, "account.revokeOtherSessions", {});

  const nobody = await browser.newContext({ baseURL });
  const forged = await browser.newContext({ baseURL });
  await forged.addCookies([{ name: "authjs.session-token", value: "eyJhbGciOiJkaXIifQ..forged", url: baseURL }]);
  for (const { request } of [ended, nobody, forged]) {
    for (const path of paths) {
      const response = await request.get(path, { maxRedirects: 0 });
      expect([response.status(), response.headers().location], path).toEqual([
        307,
        expect.stringMatching(/^\/sign-in/),
      ]);
      expect(await response.text(), path).not.toContain("Sample viewers");
    }
  }
  await Promise.all([ended, nobody, forged].map((context) => context.close()));
});

test("a reader finds the pages that readers may see, and no other", async ({ page, browser, sample }) => {
  await signIn(page.request, sample.owner);
  const reader = await browser.newContext({ baseURL });
  await join(page.request, { org: sample.org, role: "reader", as: reader.request });
  const refused: string[] = [];
  for (const path of orgPages(sample)) {
    const status = (await reader.request.get(path)).status();
    if (status !== 200) refused.push(`${path} ${status}`);
  }
  const unseen = ["/connections/new", "/settings/api-tokens", "/settings/audit-log", "/settings/single-sign-on"];
  expect(refused).toEqual(unseen.map((path) => `/${sample.org}${path} 404`));
  await prepare(reader.request, "members.leave", { org: sample.org });
  await reader.close();
});

for (const foreign of ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]) {
  test(`signing in does not lead to ${foreign}`, async ({ page, sample }) => {
    await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(foreign)}`);
    await fillSignIn(page, sample.owner);
    await expect(page).toHaveURL(`/${sample.org}/overview`);
  });
}

test("a wrong password and an unknown address are told apart by nobody", async ({ page, sample }) => {
  await page.goto("/sign-in");
  for (const person of [{ ...sample.owner, password: "not the password" }, newPerson()]) {
    await fillSignIn(page, person);
    await expect(page.getByRole("main").getByRole("alert")).toHaveText(
      "E-mail or password is not right. Check both and try again.",
    );
    await page.reload();
  }
});

test("what another site posts to the API is refused, session or not", async ({ page, owner: { org } }) => {
  const post = (headers: Record<string, string>) =>
    page.request.post("/api/trpc/orgs.create", { data: { json: { name: "Not by me" } }, headers });
  const foreign: Record<string, string>[] = [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }];
  for (const headers of foreign) {
    const response = await post(headers);
    expect(response.status()).toBe(403);
    expect(await response.text()).toContain("cross_origin");
  }
  const { data } = await query(page.request, "orgs.list");
  expect((data as { slug: string }[]).map(({ slug }) => slug)).toEqual([org]);
});

test("signing out in one tab ends the session everywhere, also for a copied cookie", async ({
  page,
  context,
  browser,
  sample,
}) => {
  await signIn(page.request, sample.owner);
  await page.goto(`/${sample.org}/settings/organization`);
  const other = await context.newPage();
  await other.goto(`/${sample.org}/settings/organization`);
  const thief = await browser.newContext({ baseURL, storageState: await context.storageState() });
  expect((await query(thief.request, "auth.me")).status).toBe(200);

  await signOut(page, sample.owner);
  await expect(page).toHaveURL("/sign-in");
  await other.getByRole("link", { name: "Connections" }).click();
  await expect(other).toHaveURL(/\/sign-in/);
  expect((await query(thief.request, "auth.me")).status).toBe(401);
  await thief.close();
});
