import type { APIRequestContext, Browser, Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { mutate, prepare, query } from "./support/api";
import { baseURL, dnsPort } from "./support/installation";
import { collectComplaints, englishOn, expectAccessible, expectNoSidewaysScroll } from "./support/looks";
import { openPage } from "./support/open";
import { signUp } from "./support/people";
import { expect, test as base } from "./support/test";
import { english, korean } from "./support/words";
import { type Dns, startDns } from "../server/testing/dns";
import { type Issuers, startIssuers } from "../server/testing/issuer";

/** DNS and identity providers as the installation under test sees them. */
const test = base.extend<object, { dns: Dns; issuers: Issuers }>({
  dns: [
    async ({}, use) => {
      const dns = await startDns(Number(dnsPort));
      await use(dns);
      await dns.close();
    },
    { scope: "worker" },
  ],
  issuers: [
    async ({}, use) => {
      const issuers = await startIssuers();
      await use(issuers);
      await issuers.close();
    },
    { scope: "worker" },
  ],
});

const words = english.sso;
const reasons = english.errors.reason;
const pathOf = (org: string) => `/${org}/settings/single-sign-on`;
const newDomain = () => `acme-${crypto.randomUUID().slice(0, 8)}.example`;

type Provider = { issuer: string; clientId: string; clientSecret: string };

async function fillProvider(page: Page, { issuer, clientId, clientSecret }: Provider) {
  await page.getByLabel(words.provider.issuer, { exact: true }).fill(issuer);
  await page.getByLabel(words.provider.clientId).fill(clientId);
  await page.getByLabel(words.provider.secret, { exact: true }).fill(clientSecret);
  await page.getByRole("button", { name: words.provider.setUp }).click();
}

/** Turns the second factor of whoever `request` is signed in as on, and proves this session with it. */
async function proveTwoFactor(request: APIRequestContext) {
  const { secret } = await prepare<{ secret: string }>(request, "account.twoFactor.begin", {});
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
  await prepare(request, "account.twoFactor.confirm", { code: totp.generate() });
}

type Invitation = { org: string; role: "admin" | "reader" };

/** Somebody else, in a browser of their own, who has joined. */
async function member(browser: Browser, owner: APIRequestContext, { org, role }: Invitation) {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  const { email } = await signUp(page.request);
  const order = { org, addresses: [email], role };
  const [invited] = await prepare<{ link: string }[]>(owner, "members.invite", order);
  await prepare(page.request, "members.accept", { token: new URL(invited?.link ?? "").pathname.split("/").at(-1) });
  return { page, context, request: page.request };
}

test("an owner sets the provider up, proves a domain and requires single sign-on", async ({
  page,
  context,
  browser,
  owner: { org },
  dns,
  issuers,
}) => {
  test.setTimeout(180_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: baseURL });
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const admin = await member(browser, page.request, { org, role: "admin" });
  await openPage(page, `/${org}/settings/organization`);
  await page.getByRole("link", { name: english.nav.singleSignOn }).click();
  await expect(page.getByRole("heading", { name: words.title, level: 1 })).toBeVisible();

  // The provider: what it is told, what is wrong with it, and what is kept.
  await page.getByRole("button", { name: words.provider.copyCallback }).click();
  await expect.poll(copied).toBe(`${baseURL}/api/auth/callback/oidc-${org}`);
  const provider = { issuer: `${issuers.origin}/acme`, clientId: "tollkeeper", clientSecret: "canary of a secret" };
  issuers.set("/other", { fields: { issuer: "https://login.example.com" } });
  await fillProvider(page, { ...provider, issuer: `${issuers.origin}/other` });
  await expect(page.getByText(reasons.issuer_mismatch)).toBeVisible();
  await page.getByLabel(words.provider.issuer, { exact: true }).fill(provider.issuer);
  await page.getByRole("combobox", { name: words.provider.joinAs }).click();
  await page.getByRole("option", { name: words.provider.join.reader }).click();
  await page.getByRole("button", { name: words.provider.setUp }).click();
  await expect(page.getByText(words.provider.saved)).toBeVisible();
  await openPage(page, `/${org}/settings/single-sign-on`);
  await expect(page.getByLabel(words.provider.issuer, { exact: true })).toHaveValue(provider.issuer);
  await expect(page.getByLabel(words.provider.secret, { exact: true })).toHaveValue("");
  expect(await page.content()).not.toContain(provider.clientSecret);

  // Domains: refused, waiting, looked for, found.
  const domain = newDomain();
  const field = page.getByLabel(words.domains.label, { exact: true });
  await field.fill("gmail.com");
  await page.getByRole("button", { name: words.domains.add }).click();
  await expect(page.getByText(reasons.domain_is_free_mail)).toBeVisible();
  await field.fill(`@${domain.toUpperCase()}`);
  await page.getByRole("button", { name: words.domains.add }).click();
  const item = page.getByRole("main").getByRole("listitem").filter({ hasText: domain });
  await expect(item).toContainText(words.domains.state.pending);
  await expect(field).toHaveValue("");
  const verify = item.getByRole("button", { name: words.domains.verify });
  await verify.click();
  await expect(item).toContainText(reasons.domain_record_missing);
  await page.getByRole("button", { name: words.domains.copyName.replace("{domain}", domain) }).click();
  await expect.poll(copied).toContain(domain);
  const name = await copied();
  await page.getByRole("button", { name: words.domains.copyValue.replace("{domain}", domain) }).click();
  await expect.poll(copied).not.toBe(name);
  dns.set(name, [["v=spf1 -all"], [await copied()]]);
  await verify.click();
  await expect(item).toContainText(words.domains.state.verified);

  // The requirement: not before the owner gets in themselves.
  const toggle = page.getByRole("switch", { name: words.require.label });
  await expect(toggle).toBeDisabled();
  await expect(page.getByText(words.require.obstacle.sso_unproven)).toBeVisible();
  expect(await mutate(page.request, "sso.require", { org, isRequired: true })).toMatchObject({
    reason: "sso_unproven",
  });
  await proveTwoFactor(page.request);
  await page.reload();
  await expect(page.getByRole("main").getByText("1 of 2 members has not signed in")).toBeVisible();
  await toggle.click();
  await page.getByRole("alertdialog").getByRole("button", { name: words.require.confirm }).click();
  await expect(toggle).toBeChecked();
  expect(await query(admin.request, "orgs.get", { org })).toMatchObject({ status: 403, reason: "sso_required" });
  await page.reload();
  await expect(toggle).toBeChecked();

  // What it rests on takes it along, and says so.
  await item.getByRole("button", { name: words.domains.removeNamed.replace("{domain}", domain) }).click();
  await expect(page.getByRole("alertdialog")).toContainText(words.domains.removeRequired);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: words.provider.remove, exact: true }).click();
  await expect(page.getByRole("alertdialog")).toContainText(words.provider.removeRequired);
  await page.getByRole("alertdialog").getByRole("button", { name: words.provider.remove }).click();
  await expect(toggle).not.toBeChecked();
  await expect(page.getByLabel(words.provider.issuer, { exact: true })).toHaveValue("");
  expect(await query(admin.request, "orgs.get", { org })).toMatchObject({ status: 200 });
  await admin.context.close();
});

test("admins read it, readers do not find it", async ({ page, browser, owner: { org }, issuers }) => {
  const provider = { org, issuer: `${issuers.origin}/acme`, clientId: "tollkeeper", clientSecret: "x", joinAs: null };
  await prepare(page.request, "sso.setProvider", provider);
  await prepare(page.request, "sso.addDomain", { org, domain: newDomain() });
  const [admin, reader] = [
    await member(browser, page.request, { org, role: "admin" }),
    await member(browser, page.request, { org, role: "reader" }),
  ];
  await openPage(admin.page, pathOf(org));
  await expect(admin.page.getByText(provider.issuer)).toBeVisible();
  await expect(admin.page.getByRole("main").getByRole("textbox")).toHaveCount(0);
  await expect(admin.page.getByRole("main").getByRole("switch")).toHaveCount(0);
  const buttons = await admin.page.getByRole("main").getByRole("button").all();
  for (const button of buttons) expect(await button.getAttribute("aria-label")).toMatch(/^Copy /);
  await expectAccessible(admin.page, "as an admin");

  expect((await reader.page.goto(pathOf(org)))?.status()).toBe(404);
  await reader.page.goto(`/${org}/settings/organization`);
  await expect(reader.page.getByRole("link", { name: english.nav.singleSignOn })).toHaveCount(0);
  for (const { context } of [admin, reader]) await context.close();
});

test("is readable by everybody, in both themes and on both widths, empty and full", async ({
  page,
  owner: { org },
  dns,
  issuers,
}) => {
  test.setTimeout(120_000);
  const complaints = collectComplaints(page);
  await page.emulateMedia({ reducedMotion: "reduce" });
  const look = async (what: string) => {
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await openPage(page, pathOf(org));
      await expectNoSidewaysScroll(page, `${what} ${width}`);
      await expectAccessible(page, `${what} ${width}`);
    }
  };
  await look("empty");

  const [pending, verified] = [`${"long-".repeat(10)}name.bücher.example`, newDomain()];
  const provider = {
    org,
    issuer: `${issuers.origin}/acme`,
    clientId: "x".repeat(80),
    clientSecret: "x",
    joinAs: "admin",
  };
  await prepare(page.request, "sso.setProvider", provider);
  for (const domain of [pending, verified]) await prepare(page.request, "sso.addDomain", { org, domain });
  const { domains } = (await query(page.request, "sso.get", { org })).data as {
    domains: { domain: string; record: { name: string; value: string } }[];
  };
  const record = domains.find(({ domain }) => domain === verified)?.record ?? { name: "", value: "" };
  dns.set(record.name, [[record.value]]);
  await prepare(page.request, "sso.verifyDomain", { org, domain: verified });
  await look("full");

  await page.getByRole("button", { name: words.domains.removeNamed.replace("{domain}", verified) }).click();
  await expectAccessible(page, "removing");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: words.domains.add }).click();
  await expect(page.getByText(words.domains.missing)).toBeVisible();
  await expectAccessible(page, "refused");
  expect(complaints).toEqual([]);
});

test.describe("in Korean", () => {
  test.use({ locale: "ko-KR" });

  test("nothing is left in English", async ({ page, owner: { org }, issuers }) => {
    const provider = { org, issuer: `${issuers.origin}/acme`, clientId: "1", clientSecret: "x", joinAs: null };
    await prepare(page.request, "sso.setProvider", provider);
    await prepare(page.request, "sso.addDomain", { org, domain: newDomain() });
    await openPage(page, pathOf(org));
    await page.getByRole("button", { name: korean.sso.domains.verify, exact: false }).last().click();
    await expect(page.getByText(korean.errors.reason.domain_record_missing)).toBeVisible();
    expect(await englishOn(page)).toEqual([]);
  });
});
