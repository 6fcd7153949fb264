import type { APIRequestContext, Page } from "@playwright/test";
import { prepare, query } from "./support/api";
import { baseURL } from "./support/installation";
import { collectComplaints, expectAccessible, expectNoSidewaysScroll } from "./support/looks";
import { openPage } from "./support/open";
import { join } from "./support/people";
import { expect, test } from "./support/test";

const tokens = (page: Page) => page.getByRole("table", { name: "API tokens" });
const rows = (page: Page, name: string) => tokens(page).getByRole("row").filter({ hasText: name });

/** What a program gets that sends this token. */
const call = async (request: APIRequestContext, token: string, path = "members") =>
  (await request.get(`/api/v1/${path}`, { headers: { authorization: `Bearer ${token}` } })).status();

/** The token that the dialog shows, as its button copies it. */
async function copyToken(page: Page): Promise<string> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: baseURL });
  await page.getByRole("button", { name: "Copy token" }).click();
  return page.evaluate(() => navigator.clipboard.readText());
}

async function choose(page: Page, name: string, item: string): Promise<void> {
  await rows(page, name)
    .first()
    .getByRole("button", { name: /^Actions for/ })
    .click();
  await page.getByRole("menuitem", { name: item }).click();
}

test("a token is made, called with, rotated with an overlap, and revoked at once", async ({ page, owner, request }) => {
  test.setTimeout(150_000);
  const complaints = collectComplaints(page);
  await openPage(page, `/${owner.org}/overview`);
  await page.getByRole("link", { name: "API tokens" }).click();
  await expect(page.getByRole("heading", { name: "No tokens yet" })).toBeVisible();
  await expectAccessible(page, "no tokens");

  // What is missing or wrong is said beside its field.
  await page.getByRole("button", { name: "Create token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Only from these addresses").fill("10.0.0.0/33");
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(dialog.getByText("Enter a name of up to 80 characters.")).toBeVisible();
  await expect(dialog.getByText("Choose at least one.")).toBeVisible();
  await expect(dialog.getByText("10.0.0.0/33 is neither an address nor a range.")).toBeVisible();
  await expectAccessible(page, "form with errors");

  await dialog.getByLabel("Name", { exact: true }).fill("Nightly report");
  await dialog.getByRole("checkbox", { name: /^Members/ }).click();
  await dialog.getByLabel("Only from these addresses").fill("127.0.0.1, ::1");
  await dialog.getByRole("combobox", { name: "Works for" }).click();
  await page.getByRole("option", { name: "30 days" }).click();
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByRole("heading", { name: "Nightly report is ready" })).toBeVisible();
  await expect(dialog).toContainText(`${baseURL}/api/v1/members`);
  await expectAccessible(page, "the secret");
  const first = await copyToken(page);
  expect(first).toMatch(/^tollkeeper_[\w-]{43}$/);

  // Nothing that happens in passing takes it away; its own button does, for good.
  await page.keyboard.press("Escape");
  await expect(dialog).toContainText(first);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toHaveCount(0);
  expect(await page.content()).not.toContain(first);

  await expect(rows(page, "Nightly report")).toContainText(owner.person.email);
  await expect(rows(page, "Nightly report")).toContainText(first.slice(-4));
  await expect(rows(page, "Nightly report")).toContainText("127.0.0.1 and 1 more");
  expect(await call(request, first)).toBe(200);
  expect(await call(request, first, "audit-events")).toBe(403);
  await page.reload();
  await expect(rows(page, "Nightly report")).toContainText(/127\.0\.0\.1|::1/);

  await choose(page, "Nightly report", "Rotate");
  await dialog.getByRole("combobox", { name: "The old one goes on for" }).click();
  await page.getByRole("option", { name: "8 hours", exact: true }).click();
  await dialog.getByRole("button", { name: "Rotate" }).click();
  await expect(page.getByRole("heading", { name: "The new token of Nightly report" })).toBeVisible();
  const second = await copyToken(page);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(rows(page, "Nightly report")).toHaveCount(2);
  await expect(rows(page, first.slice(-4))).toContainText("Replaced");
  expect([await call(request, first), await call(request, second)]).toEqual([200, 200]);

  await choose(page, second.slice(-4), "Revoke");
  await expect(page.getByText(`The token that ends in ${second.slice(-4)}`)).toBeVisible();
  await page.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  await expect(rows(page, second.slice(-4))).toContainText("Revoked");
  expect([await call(request, first), await call(request, second)]).toEqual([200, 401]);
  await rows(page, second.slice(-4)).hover();
  await expect(rows(page, second.slice(-4)).getByRole("button")).toHaveCount(0);
  await expectAccessible(page, "tokens in all states");
  expect(complaints).toEqual([]);
});

test("a token can end on a day that is chosen", async ({ page, owner }) => {
  await openPage(page, `/${owner.org}/settings/api-tokens`);
  await page.getByRole("button", { name: "Create token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Until the audit");
  await dialog.getByRole("checkbox", { name: /^Spend and usage/ }).click();
  await dialog.getByRole("combobox", { name: "Works for" }).click();
  await page.getByRole("option", { name: "Until a day" }).click();
  await dialog.getByLabel("Last day").fill("2020-01-01");
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(dialog.getByText("Choose a day from today on, within two years.")).toBeVisible();
  const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel("Last day").fill(day);
  await dialog.getByRole("button", { name: "Create token" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  const { data } = await query(page.request, "tokens.list", { org: owner.org });
  const [{ expiresAt } = { expiresAt: "" }] = data as { expiresAt: string }[];
  expect(new Date(expiresAt).toISOString()).toBe(new Date(Date.parse(day) + 86_400_000).toISOString());
});

test("to a reader there are no tokens, whatever the browser asks for", async ({ page, owner, browser }) => {
  const reader = await browser.newContext({ baseURL });
  await join(page.request, { org: owner.org, role: "reader", as: reader.request });
  const theirs = await reader.newPage();
  await openPage(theirs, `/${owner.org}/settings/team`);
  await expect(theirs.getByRole("link", { name: "API tokens" })).toHaveCount(0);
  expect((await theirs.goto(`/${owner.org}/settings/api-tokens`))?.status()).toBe(404);
  expect(await query(reader.request, "tokens.list", { org: owner.org })).toMatchObject({ status: 403, data: null });
  await reader.close();
});

test("tokens are readable by everybody, in both themes and on both widths", async ({ page, owner: { org } }) => {
  const complaints = collectComplaints(page);
  for (const name of [`A name as long as a name may be, ${"so ".repeat(15)}`, "שם מימין לשמאל"]) {
    await prepare(page.request, "tokens.create", {
      org,
      name: name.trim(),
      scopes: ["usage:read", "connections:read", "sync:run", "members:read", "audit:read"],
      allowedIps: ["2001:db8:1234:5678:9abc:def0:1234:5678"],
      expiresAt: null,
    });
  }
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await openPage(page, `/${org}/settings/api-tokens`);
    await expectNoSidewaysScroll(page, `tokens ${width}`);
    await expectAccessible(page, `tokens ${width}`);
    await page.getByRole("button", { name: "Create token" }).click();
    await expectAccessible(page, `creating ${width}`);
    await page.keyboard.press("Escape");
  }
  expect(complaints).toEqual([]);
});
