import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContext, Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { mutate, prepare, query } from "./support/api";
import { baseURL } from "./support/installation";
import { collectComplaints, expectAccessible, expectNoSidewaysScroll } from "./support/looks";
import { becomeOperator, mailedLink } from "./support/mail";
import { fillSignIn, newPerson, type Person, signIn, signOut, signUp } from "./support/people";
import { expect, test as base } from "./support/test";
import { english, korean } from "./support/words";

const words = english.account.twoFactor;

/** `mailTo` reads the links that the product has mailed. */
const test = base.extend<{ mailTo: (person: Person, template: string) => Promise<string> }>({
  mailTo: async ({ playwright }, use) => {
    const request = await playwright.request.newContext({ baseURL });
    await becomeOperator(request);
    await use((person, template) => mailedLink(request, person.email, template));
    await request.dispose();
  },
});

const STEP_MS = 30_000;

/** What the app shows, so many steps from now; never so late in a step that it is over before it is typed. */
async function codeOf(secret: string, stepsFromNow = 0): Promise<string> {
  const left = STEP_MS - (Date.now() % STEP_MS);
  if (left < 6_000) await sleep(left);
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
  return totp.generate({ timestamp: Date.now() + stepsFromNow * STEP_MS });
}

/** Goes through the set-up that is open in `page`. @returns the secret and the recovery codes */
async function setUpTwoFactor(page: Page) {
  const secret = await page.locator("code").innerText();
  await page.getByLabel("Code", { exact: true }).fill(await codeOf(secret, -1));
  await page.getByRole("button", { name: words.confirm }).click();
  await expect(page.getByRole("heading", { name: words.codesTitle })).toBeVisible();
  const codes = await page.getByRole("main").getByRole("list").last().getByRole("listitem").allInnerTexts();
  return { secret, codes };
}

const keepCodes = async (page: Page) => {
  await page.getByLabel(words.kept).check();
  await page.getByRole("button", { name: words.done }).click();
};

const isSignedIn = async (context: BrowserContext) => (await query(context.request, "auth.me")).status === 200;

test("the session's cookie is out of reach of scripts and of other sites", async ({ page, context }) => {
  await signUp(page.request);
  const cookie = (await context.cookies()).find(({ name }) => name.includes("session-token"));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  await page.goto("/account");
  expect(await page.evaluate(() => document.cookie)).not.toContain("session-token");
});

test("a forgotten password is set anew by mail, and every session ends", async ({ page, browser, mailTo }) => {
  const person = await signUp(page.request);
  const elsewhere = await browser.newContext({ baseURL, storageState: await page.context().storageState() });
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: english.auth.forgot }).click();
  await expect(page.getByRole("heading", { name: english.auth.reset.requestTitle })).toBeVisible();
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByRole("button", { name: english.auth.link.send }).click();
  await expect(page.getByRole("status")).toContainText(english.auth.sent.title);

  const link = await mailTo(person, "resetPassword");
  await page.goto(link);
  await page.getByLabel(english.auth.reset.newPassword, { exact: true }).fill("password2026!");
  await page.getByRole("button", { name: english.auth.reset.submit }).click();
  await expect(page.getByRole("main").getByRole("alert")).toHaveText(english.errors.reason.password_common);
  expect(await isSignedIn(elsewhere)).toBe(true);

  const renewed = { ...person, password: "four quite different words" };
  await page.getByLabel(english.auth.reset.newPassword, { exact: true }).fill(renewed.password);
  await page.getByRole("button", { name: english.auth.reset.submit }).click();
  await expect(page.getByRole("heading", { name: english.auth.reset.doneTitle })).toBeVisible();
  expect(await isSignedIn(elsewhere)).toBe(false);

  await page.getByRole("link", { name: english.auth.toSignIn }).click();
  await fillSignIn(page, renewed);
  await expect(page).toHaveURL("/welcome");
  await page.goto(link);
  await expect(page.getByRole("heading", { name: english.auth.expired.title })).toBeVisible();
  await elsewhere.close();
});

test("a mailed link signs in at the press of its button, once, and leads on", async ({ page, mailTo }) => {
  const person = await signUp(page.request);
  await page.context().clearCookies();
  await page.goto("/sign-in?callbackUrl=%2Faccount%2Fsessions");
  await page.getByRole("link", { name: english.auth.withLink }).click();
  await expect(page.getByRole("heading", { name: english.auth.link.title })).toBeVisible();
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByRole("button", { name: english.auth.link.send }).click();
  const link = await mailTo(person, "magicLink");
  for (let scan = 0; scan < 2; scan++) {
    await page.goto(link);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Sign in as ${person.email}`);
  }
  await page.getByRole("button", { name: english.auth.link.redeem, exact: true }).click();
  await expect(page).toHaveURL("/account/sessions");
  await expect(page.getByRole("main")).toContainText("Mailed link");
  await page.goto(link);
  await expect(page.getByRole("heading", { name: english.auth.expired.title })).toBeVisible();
});

test("an address is confirmed by its link and the password", async ({ page, mailTo }) => {
  const person = await signUp(page.request);
  await page.goto("/account");
  await expect(page.getByText(english.account.profile.unverified)).toBeVisible();
  await page.getByRole("button", { name: english.account.profile.verify }).click();
  await expect(page.getByText(`A link is on its way to ${person.email}`)).toBeVisible();
  await page.goto(await mailTo(person, "verifyEmail"));
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: english.auth.verify.submit }).click();
  await expect(page).toHaveURL("/welcome");
  await page.goto("/account");
  await expect(page.getByText(english.account.profile.verified, { exact: true })).toBeVisible();
});

test("a second factor: set up, asked for, not twice the same, and replaced by a recovery code", async ({ page }) => {
  const person = await signUp(page.request);
  await page.goto("/account/security");
  await page.getByRole("link", { name: words.setUp }).click();
  await expect(page.getByRole("img", { name: words.qr })).toBeVisible();
  const { secret, codes } = await setUpTwoFactor(page);
  expect(codes).toHaveLength(10);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: words.download }).click(),
  ]);
  expect(await readFile(await file.path(), "utf8")).toContain(codes[9]);
  await expect(page.getByRole("button", { name: words.done })).toBeDisabled();
  await keepCodes(page);
  await expect(page).toHaveURL("/account/security");
  await expect(page.getByText("10 recovery codes are left")).toBeVisible();

  const toCode = async () => {
    await signOut(page, person);
    await fillSignIn(page, person);
    await expect(page.getByRole("heading", { name: english.auth.code.title })).toBeVisible();
  };
  const enter = async (label: string, code: string) => {
    await page.getByLabel(label, { exact: true }).fill(code);
    await page.getByRole("button", { name: english.auth.code.submit }).click();
  };
  await toCode();
  const code = await codeOf(secret);
  await enter("Code", code);
  await expect(page).toHaveURL("/welcome");
  await toCode();
  await enter("Code", code);
  await expect(page.getByRole("main").getByRole("alert")).toHaveText(english.auth.refusal.wrong_code);
  await page.getByRole("button", { name: english.auth.code.useRecovery }).click();
  await enter("Recovery code", codes[0] ?? "");
  await expect(page).toHaveURL("/welcome");
  await page.goto("/account/activity");
  await expect(page.getByText(english.account.activity.action.recovery_code_use)).toBeVisible();
  await expect(page.getByText(english.account.activity.action.session_fail)).toBeVisible();
});

test("an organization that demands a second factor leads to it and back", async ({ page, owner: { org, person } }) => {
  const goal = `/${org}/settings/organization`;
  await page.goto("/account/security/two-factor");
  await setUpTwoFactor(page);
  await keepCodes(page);
  await prepare(page.request, "orgs.requireTwoFactor", { org, isRequired: true });
  await page.goto(goal);
  await expect(page).toHaveURL(goal);

  await page.goto("/account/security");
  await page.getByRole("button", { name: words.turnOff }).click();
  await page.getByRole("dialog").getByLabel(words.proof).fill("not my password");
  await page.getByRole("dialog").getByRole("button", { name: words.turnOffSubmit }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toHaveText(english.errors.reason.wrong_proof);
  await page.getByRole("dialog").getByLabel(words.proof).fill(person.password);
  await page.getByRole("dialog").getByRole("button", { name: words.turnOffSubmit }).click();
  await expect(page.getByText(words.turnedOff)).toBeVisible();

  await page.goto(goal);
  await expect(page).toHaveURL(`/account/security/two-factor?callbackUrl=${encodeURIComponent(goal)}`);
  await expect(page.getByText(words.demanded)).toBeVisible();
  expect((await query(page.request, "orgs.get", { org })).reason).toBe("two_factor_required");
  await setUpTwoFactor(page);
  await keepCodes(page);
  await expect(page).toHaveURL(goal);
});

test("sessions are listed and ended from afar", async ({ page, browser }) => {
  const person = await signUp(page.request);
  const other = await browser.newContext({
    baseURL,
    userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1",
  });
  await signIn(other.request, person);
  await page.goto("/account/sessions");
  const list = page.getByRole("main").getByRole("listitem");
  await expect(list).toHaveCount(2);
  await expect(list.first()).toContainText(english.account.sessions.this);
  await page.getByRole("button", { name: "End the session Safari on iOS" }).click();
  await expect(list).toHaveCount(1);
  expect(await isSignedIn(other)).toBe(false);

  await signIn(other.request, person);
  await page.reload();
  await page.getByRole("button", { name: english.account.sessions.revokeOthers }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: english.account.sessions.revokeOthers }).click();
  await expect(page.getByText("1 session has ended")).toBeVisible();
  expect(await isSignedIn(other)).toBe(false);
  expect(await isSignedIn(page.context())).toBe(true);
  await other.close();
});

test("changing the password asks for the current one and ends the other sessions", async ({ page, browser }) => {
  const person = await signUp(page.request);
  const other = await browser.newContext({ baseURL });
  await signIn(other.request, person);
  await page.goto("/account/security");
  const change = async (current: string, password: string) => {
    await page.getByLabel(english.account.password.current, { exact: true }).fill(current);
    await page.getByLabel(english.account.password.new, { exact: true }).fill(password);
    await page.getByRole("button", { name: english.account.password.submit }).click();
  };
  await change("not the current one", "a good deal longer than before");
  await expect(page.getByRole("main").getByRole("alert")).toHaveText(english.errors.reason.wrong_password);
  await change(person.password, "a good deal longer than before");
  await expect(page.getByText(english.account.password.changed, { exact: true })).toBeVisible();
  expect(await isSignedIn(page.context())).toBe(true);
  expect(await isSignedIn(other)).toBe(false);
  await other.close();
});

test("a name and a language are kept, and the screens follow at once", async ({ page }) => {
  await signUp(page.request);
  await page.goto("/account");
  await page.getByLabel("Name", { exact: true }).fill("Ada, Countess of Lovelace");
  await page.getByRole("combobox", { name: "Language" }).click();
  await page.getByRole("option", { name: "한국어" }).click();
  await page.getByRole("button", { name: english.account.profile.save }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await expect(page.getByRole("button", { name: korean.account.profile.save })).toBeVisible();
  expect((await query(page.request, "account.get")).data).toMatchObject({
    name: "Ada, Countess of Lovelace",
    locale: "ko",
  });
});

test("who guesses passwords is told to wait, and for how long", async ({ page }) => {
  const person = newPerson();
  await page.goto("/sign-in");
  const refusal = page.getByRole("main").getByRole("alert");
  // By the form: other programs of this machine may reach the server from another of its addresses.
  for (let n = 0; n < 10; n++) {
    const answered = page.waitForResponse("**/api/auth/callback/credentials?");
    await fillSignIn(page, { ...person, password: `guess number ${n}` });
    expect((await answered).status()).toBe(200);
    await expect(refusal).toHaveText(english.auth.refusal.wrong_credentials);
  }
  await fillSignIn(page, person);
  await expect(refusal).toHaveText(/^Too many attempts\. Try again in 1[45] minutes\.$/);
});

test("signing in needs no mouse", async ({ page }) => {
  const person = await signUp(page.request);
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.keyboard.type(person.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(person.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/welcome");
});

test("the outbox shows mails to the operator, and nothing to anybody else", async ({ page }) => {
  await becomeOperator(page.request);
  await mutate(page.request, "auth.requestPasswordReset", { email: "operator@example.com" });
  await page.goto("/outbox");
  await page
    .getByRole("button", { name: /operator@example\.com.*New password/ })
    .first()
    .click();
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("link", { name: "Set a new password" })).toBeVisible();
  expect(await page.locator("iframe").getAttribute("sandbox")).not.toMatch(/allow-scripts|allow-same-origin/);
  await page.getByRole("radio", { name: english.outbox.text }).click();
  await expect(page.getByRole("main").locator("pre")).toContainText("/reset-password?token=");

  await page.context().clearCookies();
  await signUp(page.request);
  expect((await page.goto("/outbox"))?.status()).toBe(404);
  expect(await query(page.request, "outbox.list")).toMatchObject({ status: 404, data: null });
  await page.goto("/account");
  await expect(page.getByRole("link", { name: english.account.tabs.outbox })).toHaveCount(0);
});

const strangersPages = [
  "/sign-in",
  "/sign-in/link",
  "/sign-in/link?token=used-long-ago-and-of-no-use",
  "/sign-in/code?pending=x",
  "/sign-in/sso",
  "/sign-in/refused?reason=provider_state",
  "/forgot-password",
  "/reset-password?token=x",
  "/verify-email",
];
const ownPages = [
  "/account",
  "/account/security",
  "/account/security/two-factor",
  "/account/link?token=used-long-ago-and-of-no-use",
  "/account/sessions",
  "/account/activity",
  "/outbox",
];

type Views = { widths: readonly number[]; themes: readonly ("light" | "dark")[] };
const everyView: Views = { widths: [1440, 390], themes: ["light", "dark"] };
/** Where other words have the least room. */
const narrowView: Views = { widths: [390], themes: ["light"] };

/** No barrier, nothing cut off, nothing in the console. */
async function expectGoodLooks(page: Page, path: string, { widths, themes }: Views) {
  const complaints = collectComplaints(page);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expectNoSidewaysScroll(page, `${path} ${colorScheme} ${width}`);
      await expectAccessible(page, `${path} ${colorScheme} ${width}`);
    }
  }
  expect(complaints, path).toEqual([]);
}

for (const [language, locale, views] of [
  ["English", "en-US", everyView],
  ["Korean", "ko-KR", narrowView],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    for (const path of strangersPages) test(`${path} looks good`, ({ page }) => expectGoodLooks(page, path, views));

    for (const path of ownPages) {
      test(`${path} looks good to its owner`, async ({ page }) => {
        await becomeOperator(page.request);
        await expectGoodLooks(page, path, views);
      });
    }
  });
}
