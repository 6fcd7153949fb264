import type { APIRequestContext, Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { mutate, prepare, query } from "./support/api";
import { baseURL, dnsPort } from "./support/installation";
import { expectAccessible, expectNoSidewaysScroll } from "./support/looks";
import { untilReady } from "./support/open";
import { fillSignIn, join, type Person, signIn, signUp } from "./support/people";
import { expect, test as base } from "./support/test";
import { english } from "./support/words";
import { type Dns, startDns } from "../server/testing/dns";
import { startIdentityProvider, type TestIdentityProvider } from "../server/testing/identity-provider";
import { startStandInIssuer } from "../server/testing/stand-in-issuer";

const words = english.auth.provider;
const demand = english.auth.demand;
const identities = english.account.identities;
const reasons = english.errors.reason;

/** An organization that signs in at its own identity provider, and whose owner is signed in as `asOwner`. */
type Company = { org: string; domain: string; idp: TestIdentityProvider; asOwner: APIRequestContext; owner: Person };

const test = base.extend<{ company: Company }, { dns: Dns }>({
  dns: [
    async ({}, use) => {
      const dns = await startDns(Number(dnsPort));
      await use(dns);
      await dns.close();
    },
    { scope: "worker" },
  ],

  company: async ({ playwright, dns }, use) => {
    const asOwner = await playwright.request.newContext({ baseURL });
    const owner = await signUp(asOwner);
    const { slug: org } = await prepare<{ slug: string }>(asOwner, "orgs.create", { name: "Acme Robotics" });
    const idp = await startIdentityProvider([`${baseURL}/api/auth/callback/oidc-${org}`]);
    await prepare(asOwner, "sso.setProvider", { org, issuer: idp.issuer, ...idp.client, joinAs: "reader" });
    await use({ org, domain: await verifyDomain(asOwner, org, dns), idp, asOwner, owner });
    await idp.close();
    await asOwner.dispose();
  },
});

/** @returns a domain that is the organization's from now on */
async function verifyDomain(asOwner: APIRequestContext, org: string, dns: Dns): Promise<string> {
  const domain = `acme-${crypto.randomUUID().slice(0, 8)}.example`;
  await prepare(asOwner, "sso.addDomain", { org, domain });
  const { domains } = (await query(asOwner, "sso.get", { org })).data as {
    domains: { record: { name: string; value: string } }[];
  };
  const [{ record } = { record: { name: "", value: "" } }] = domains;
  dns.set(record.name, [[record.value]]);
  await prepare(asOwner, "sso.verifyDomain", { org, domain });
  return domain;
}

/** Only who gets in themselves may demand it: with a second factor. */
async function demandSso({ asOwner, org }: Company): Promise<void> {
  const { secret } = await prepare<{ secret: string }>(asOwner, "account.twoFactor.begin", {});
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
  await prepare(asOwner, "account.twoFactor.confirm", { code: totp.generate() });
  await prepare(asOwner, "sso.require", { org, isRequired: true });
}

/** Somebody whom the identity provider knows by this name. */
function employ({ idp, domain }: Company, name: string): { name: string; email: string } {
  const email = `${name}@${domain}`;
  idp.people.set(name, { email, name });
  return { name, email };
}

/** The sign-in page of the identity provider. */
async function passProvider(page: Page, { idp }: Company, name: string): Promise<void> {
  await page.waitForURL((url) => url.origin === idp.issuer);
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Continue" }).click();
}

/** Begins at the page for it; `hint` is what its field begins with. */
async function beginSso(page: Page, hint: string): Promise<void> {
  await page.goto(`/sign-in/sso?hint=${hint}`);
  await untilReady(page);
  await page.getByRole("button", { name: words.continue }).click();
}

const refusal = (page: Page) => page.getByRole("main").getByRole("alert");

test("somebody new comes in through the organization's provider and lands where they wanted to", async ({
  page,
  company,
}) => {
  const goal = `/${company.org}/people`;
  const ada = employ(company, "ada");
  await page.goto(goal);
  await page.getByRole("link", { name: words.sso }).click();
  await expect(page.getByRole("heading", { name: words.ssoTitle })).toBeVisible();
  await untilReady(page);
  await page.getByLabel(words.hint).fill("nobody@nowhere.example");
  await page.getByRole("button", { name: words.continue }).click();
  await expect(refusal(page)).toHaveText(words.none);
  await page.getByLabel(words.hint).fill(ada.email);
  await page.getByRole("button", { name: words.continue }).click();
  await passProvider(page, company, ada.name);
  await expect(page).toHaveURL(goal);

  const members = (await query(company.asOwner, "members.list", { org: company.org })).data as object[];
  expect(members).toContainEqual(expect.objectContaining({ email: ada.email, role: "reader" }));
  await page.goto("/account/sessions");
  await expect(page.getByRole("main")).toContainText("Single sign-on of Acme Robotics");
  await page.goto("/account/security");
  await expect(page.getByText(identities.last)).toBeVisible();
});

test("the sign-in page leads there by the address alone, and hides the password where it opens nothing", async ({
  page,
  company,
}) => {
  await page.goto("/sign-in");
  await untilReady(page);
  await page.getByLabel("E-mail").fill(`nobody@${company.domain}`);
  await page.getByLabel("E-mail").blur();
  await expect(page.getByRole("status")).toContainText(words.offered.replace("{domain}", company.domain));
  await expect(page.getByLabel("Password", { exact: true })).toBeVisible();

  await demandSso(company);
  await page.reload();
  await untilReady(page);
  await page.getByLabel("E-mail").fill(`nobody@${company.domain}`);
  await page.getByLabel("E-mail").blur();
  await expect(page.getByRole("status")).toContainText(words.required.replace("{domain}", company.domain));
  await expect(page.getByLabel("Password", { exact: true })).toHaveCount(0);
  await expectAccessible(page, "single sign-on offered");
  await page.getByRole("button", { name: words.usePassword }).click();
  await expect(page.getByLabel("Password", { exact: true })).toBeVisible();
  await page.getByRole("status").getByRole("button", { name: words.use }).click();
  await page.waitForURL((url) => url.origin === company.idp.issuer);
});

test("whoever has an account proves it once, and from then on comes in without password", async ({ page, company }) => {
  const { org, idp, asOwner } = company;
  const goal = "/account/security";
  const person = await join(asOwner, { org, role: "reader", as: page.request });
  idp.people.set("known", { email: person.email, name: person.name });
  const signOutAndBegin = async () => {
    await page.context().clearCookies({ domain: "localhost" });
    await beginSso(page, `${org}&callbackUrl=${encodeURIComponent(goal)}`);
  };

  await signOutAndBegin();
  await passProvider(page, company, "known");
  await expect(page.getByRole("heading", { name: words.linkTitle })).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue(person.email);
  await expectAccessible(page, "signing in to link");
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(goal);
  await expect(page.getByRole("listitem").filter({ hasText: person.email })).toBeVisible();

  await signOutAndBegin();
  await expect(page).toHaveURL(goal);

  // The address is not of the organization's domain: once they have left, its provider opens the account no more.
  await prepare(page.request, "members.leave", { org });
  await signOutAndBegin();
  await expect(refusal(page)).toHaveText(reasons.sso_not_member);
});

test("what comes back changed, twice, from elsewhere or not at all is refused in a sentence", async ({
  page,
  company,
}) => {
  const bea = employ(company, "bea");
  const callbacks: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/auth/callback/oidc-")) callbacks.push(request.url());
  });
  const begin = () => beginSso(page, company.org);
  const isSignedIn = async () => (await query(page.request, "auth.me")).status === 200;

  await begin();
  await passProvider(page, company, "a stranger");
  await expect(refusal(page)).toHaveText(reasons.provider_cancelled);
  await expectAccessible(page, "refused");

  // The provider gives back the state that it was given.
  const atProvider = `${company.idp.issuer}/auth?**`;
  const withState = (url: string) => url.replace(/state=[^&]+/, "state=invented");
  await page.route(atProvider, (route) => route.continue({ url: withState(route.request().url()) }));
  await page.getByRole("link", { name: words.again }).click();
  await begin();
  await passProvider(page, company, bea.name);
  await expect(refusal(page)).toHaveText(reasons.provider_answer);
  await page.unroute(atProvider);
  expect(await isSignedIn()).toBe(false);

  await begin();
  await expect(page).toHaveURL(`/${company.org}/welcome`);
  expect(await isSignedIn()).toBe(true);
  await page.goto(callbacks.at(-1) ?? "");
  await expect(refusal(page)).toHaveText(reasons.provider_state);

  await page.context().clearCookies({ domain: "localhost" });
  await page.goto("/sign-in/refused?reason=%3Cb%3Einvented%3C%2Fb%3E&callbackUrl=https%3A%2F%2Fevil.example");
  await expect(refusal(page)).toHaveText(english.errors.unknown);
  await expect(page.getByRole("link", { name: words.again })).toHaveAttribute("href", "/sign-in");
});

test("a provider that names another issuer in its token lets nobody in", async ({ page, company }) => {
  const standIn = await startStandInIssuer();
  const { org, asOwner, domain } = company;
  await prepare(asOwner, "sso.setProvider", { org, issuer: standIn.issuer, ...standIn.client, joinAs: "reader" });
  const claims = { sub: "eve", email: `eve@${domain}`, email_verified: true };
  const begin = () => beginSso(page, org);
  standIn.say(claims, { idToken: { iss: "https://login.evil.example" } });
  await begin();
  await expect(refusal(page)).toHaveText(reasons.provider_answer);
  standIn.say(claims, { discovery: { issuer: "https://login.evil.example" } });
  await begin();
  await expect(refusal(page)).toHaveText(reasons.provider_answer);
  standIn.say(claims);
  await begin();
  await expect(page).toHaveURL(`/${org}/welcome`);
  await standIn.close();
});

test("an organization that is open only this way leads through it and back to the page", async ({ page, company }) => {
  const { org } = company;
  const goal = `/${org}/models?range=30d`;
  const person = await join(company.asOwner, { org, role: "reader", as: page.request });
  company.idp.people.set("member", { email: person.email });
  await demandSso(company);

  await page.goto(goal);
  await expect(page).toHaveURL(`/orgs/${org}/sign-in?callbackUrl=${encodeURIComponent(goal)}`);
  await expect(page.getByRole("heading", { name: "Sign in at Acme Robotics" })).toBeVisible();
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSidewaysScroll(page, `demanded ${width}`);
    await expectAccessible(page, `demanded ${width}`);
  }
  await page.getByRole("button", { name: words.sso }).click();
  await passProvider(page, company, "member");

  // Signed in already, and not linked yet: the account's owner is asked first.
  await expect(page.getByRole("heading", { name: identities.linkTitle })).toBeVisible();
  await expect(page.getByText("Whoever runs the sign-in of Acme Robotics")).toBeVisible();
  await expectAccessible(page, "asked to link");
  await page.getByLabel(english.account.twoFactor.proof).fill("not my password");
  await page.getByRole("button", { name: identities.linkSubmit, exact: true }).click();
  await expect(refusal(page)).toHaveText(reasons.wrong_proof);
  await page.getByLabel(english.account.twoFactor.proof).fill(person.password);
  await page.getByRole("button", { name: identities.linkSubmit, exact: true }).click();
  await expect(page).toHaveURL(goal);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  // From then on one press is enough.
  await page.context().clearCookies({ domain: "localhost" });
  await page.goto(goal);
  await untilReady(page);
  await fillSignIn(page, person);
  await expect(page.getByRole("heading", { name: "Sign in at Acme Robotics" })).toBeVisible();
  await page.getByRole("button", { name: words.sso }).click();
  await expect(page).toHaveURL(goal);

  // The way to sign in is listed, and can be taken off again.
  await page.goto("/account/security");
  await untilReady(page);
  await page.getByRole("button", { name: /^Remove Single sign-on of Acme Robotics/ }).click();
  await expectAccessible(page, "removing a way to sign in");
  await page.getByRole("dialog").getByLabel(english.account.twoFactor.proof).fill(person.password);
  await page.getByRole("dialog").getByRole("button", { name: identities.removeSubmit }).click();
  await expect(page.getByText(identities.removed)).toBeVisible();
  await expect(page.getByText(identities.none)).toBeVisible();
  await page.goto("/account/activity");
  await expect(page.getByText(english.account.activity.action.identity_unlink)).toBeVisible();
});

test("who cannot meet what an organization demands may leave it", async ({ page, company }) => {
  const { org, asOwner } = company;
  await join(asOwner, { org, role: "reader", as: page.request });
  await demandSso(company);
  expect(await query(page.request, "orgs.get", { org })).toMatchObject({ status: 403, reason: "sso_required" });
  await page.goto(`/${org}/overview`);
  await untilReady(page);
  await page.getByRole("button", { name: demand.leave.replace("{org}", "Acme Robotics") }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: english.team.leave.submit }).click();
  await expect(page).toHaveURL("/welcome");
  expect((await page.goto(`/${org}/overview`))?.status()).toBe(404);

  const other = await join(asOwner, { org, role: "reader", as: page.request });
  await prepare(asOwner, "sso.require", { org, isRequired: false });
  await prepare(asOwner, "orgs.requireTwoFactor", { org, isRequired: true });
  await signIn(page.request, other);
  await page.goto(`/${org}/overview`);
  await expect(page).toHaveURL(/^.*\/account\/security\/two-factor/);
  await untilReady(page);
  await page.getByRole("button", { name: demand.leave.replace("{org}", "Acme Robotics") }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: english.team.leave.submit }).click();
  await expect(page).toHaveURL("/welcome");
  expect(await mutate(page.request, "members.leave", { org })).toMatchObject({ status: 404 });
});
