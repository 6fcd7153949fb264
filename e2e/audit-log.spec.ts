import fs from "node:fs";
import type { Page } from "@playwright/test";
import { mutate, prepare, query } from "./support/api";
import { tollkeeper } from "./support/cli";
import { parseCsv } from "./support/csv";
import { baseURL } from "./support/installation";
import { collectComplaints, expectAccessible, expectNoSidewaysScroll } from "./support/looks";
import { openPage } from "./support/open";
import { join } from "./support/people";
import { expect, test } from "./support/test";

const log = (page: Page) => page.getByRole("table", { name: "Events" });
const rowsOf = (page: Page) => log(page).locator("tbody").getByRole("row");

/** The column "What" of what is shown. */
const shown = (page: Page) => rowsOf(page).locator("td:first-child").allInnerTexts();

async function chooseGroup(page: Page, group: string): Promise<void> {
  await page.getByRole("button", { name: /^What/ }).click();
  await page.getByRole("menuitemcheckbox", { name: group }).click();
  await page.keyboard.press("Escape");
}

async function exportAs(page: Page, format: "CSV" | "JSON"): Promise<string> {
  await page.getByRole("button", { name: "Export" }).click();
  const downloading = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: format }).click();
  const download = await downloading;
  await expect(page.getByRole("menu")).toHaveCount(0);
  expect(download.suggestedFilename()).toMatch(new RegExp(`-audit\\.${format.toLowerCase()}$`));
  return fs.readFileSync(await download.path(), "utf8");
}

/** Three events about tokens, and who made them. */
async function makeHistory(page: Page, org: string) {
  const order = { org, name: "Nightly report", scopes: ["members:read"], allowedIps: [], expiresAt: null };
  const { id, token } = await prepare<{ id: string; token: string }>(page.request, "tokens.create", order);
  const next = await prepare<{ id: string }>(page.request, "tokens.rotate", { org, tokenId: id, overlapHours: 1 });
  expect((await mutate(page.request, "tokens.revoke", { org, tokenId: next.id })).status).toBe(200);
  return { tokenId: id, token };
}

test("what happened is found, looked into, taken along and verified", async ({ page, owner: { org, person } }) => {
  test.setTimeout(150_000);
  const complaints = collectComplaints(page);
  const { tokenId, token } = await makeHistory(page, org);
  await openPage(page, `/${org}/overview`);
  await page.getByRole("link", { name: "Audit log" }).click();
  await expect(log(page)).toContainText("Created the organization");
  expect((await shown(page)).slice(0, 3)).toEqual(["Revoked a token", "Rotated a token", "Created a token"]);
  await expect(rowsOf(page).first()).toContainText(person.email);

  // A group of actions, then a word; both stand in the address, and Back takes the group away again.
  await chooseGroup(page, "API tokens");
  await expect(rowsOf(page)).toHaveCount(3);
  await expect(page).toHaveURL(/action=tokens/);
  await page.getByRole("searchbox").fill("token.rotate");
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(page).toHaveURL(/q=token\.rotate/);
  await page.reload();
  await expect(rowsOf(page)).toHaveCount(1);
  expect(await shown(page)).toEqual(["Rotated a token"]);

  // One event with all that is known of it, and no secret; from it to all of the same target.
  await rowsOf(page).first().getByRole("button").click();
  const drawer = page.getByRole("dialog");
  await expect(drawer).toContainText("replacedBy");
  await expect(drawer).toContainText("token.rotate");
  await expectAccessible(page, "an event");
  expect(await page.content()).not.toContain(token);
  await drawer.getByRole("button", { name: "All on the same" }).click();
  await expect(page).toHaveURL(new RegExp(`target=${tokenId}`));
  await page.getByRole("searchbox").fill("");
  await expect(rowsOf(page)).toHaveCount(2);
  expect(await shown(page)).toEqual(["Rotated a token", "Created a token"]);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(log(page)).toContainText("Created the organization");

  // Who, and when.
  await page.getByRole("button", { name: /^Who/ }).click();
  await page.getByPlaceholder("Search people and tokens").fill("operator");
  await page.getByRole("option", { name: "Operator at the server" }).click();
  await expect(page.getByText("No event matches these filters.")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await page.getByRole("button", { name: /^Date range/ }).click();
  await page.getByRole("button", { name: "Yesterday" }).click();
  await expect(page.getByText("No event matches these filters.")).toBeVisible();
  await page.getByRole("button", { name: /^Date range/ }).click();
  await page.getByRole("button", { name: "Last 7 days" }).click();
  await expect(log(page)).toContainText("Created the organization");
  await page.getByRole("button", { name: "Clear filters" }).click();

  // The file holds what the screen shows, the oldest first.
  await chooseGroup(page, "API tokens");
  await expect(rowsOf(page)).toHaveCount(3);
  const [header = [], ...lines] = parseCsv(await exportAs(page, "CSV"));
  expect(lines.map((line) => line[header.indexOf("action")])).toEqual(["token.create", "token.rotate", "token.revoke"]);
  const events = JSON.parse(await exportAs(page, "JSON")) as { action: string; actor_name: string }[];
  expect(events.map(({ action }) => action)).toEqual(["token.create", "token.rotate", "token.revoke"]);
  expect(events.every(({ actor_name: name }) => name === person.email)).toBe(true);

  await page.getByRole("button", { name: "Verify chain" }).click();
  await expect(page.getByText(/^\d+ events verified: whole$/)).toBeVisible();
  const { head, rows } = await tollkeeper<{ head: string; rows: number }>("audit", "verify", "--org", org);
  await expect(page.getByText(head)).toBeVisible();
  await expect(page.getByText(`${rows} events verified: whole`)).toBeVisible();
  await expectAccessible(page, "verified");
  expect(complaints).toEqual([]);
});

test("a long log comes page by page, each event once", async ({ page, owner: { org } }) => {
  const names = Array.from({ length: 60 }, (_, n) => `Org ${n}`);
  for (const name of names) await prepare(page.request, "orgs.update", { org, name });
  await openPage(page, `/${org}/settings/audit-log?action=organization`);
  await expect(rowsOf(page)).toHaveCount(50);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(rowsOf(page)).toHaveCount(61);
  await expect(page.getByRole("button", { name: "Show more" })).toHaveCount(0);
});

test("times are those of the organization's zone, with UTC on hover", async ({ page, owner: { org } }) => {
  await prepare(page.request, "orgs.update", { org, timezone: "Pacific/Kiritimati" });
  await openPage(page, `/${org}/settings/audit-log`);
  const time = rowsOf(page).first().locator("time");
  const at = new Date((await time.getAttribute("datetime")) ?? "");
  await expect(time).toHaveAttribute("title", `${at.toISOString().replace("T", " ").replace("Z", "")} UTC`);
  const local = new Intl.DateTimeFormat("en-US", { timeZone: "Pacific/Kiritimati", dateStyle: "medium" }).format(at);
  await expect(time).toContainText(local);
});

test("to a reader there is no audit log, whatever the browser asks for", async ({ page, owner, browser }) => {
  const reader = await browser.newContext({ baseURL });
  await join(page.request, { org: owner.org, role: "reader", as: reader.request });
  const theirs = await reader.newPage();
  await openPage(theirs, `/${owner.org}/settings/team`);
  await expect(theirs.getByRole("link", { name: "Audit log" })).toHaveCount(0);
  expect((await theirs.goto(`/${owner.org}/settings/audit-log`))?.status()).toBe(404);
  expect(await query(reader.request, "audit.list", { org: owner.org })).toMatchObject({ status: 403, data: null });
  expect((await reader.request.get(`/api/orgs/${owner.org}/audit?format=csv`)).status()).toBe(403);
  await reader.close();
});

test("the log is readable by everybody, in both themes and on both widths", async ({ page, owner: { org } }) => {
  const complaints = collectComplaints(page);
  await makeHistory(page, org);
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await openPage(page, `/${org}/settings/audit-log`);
    await expectNoSidewaysScroll(page, `audit log ${width}`);
    await expectAccessible(page, `audit log ${width}`);
    await rowsOf(page).first().getByRole("button").click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNoSidewaysScroll(page, `an event ${width}`);
    await expectAccessible(page, `an event ${width}`);
    await page.keyboard.press("Escape");
  }
  expect(complaints).toEqual([]);
});
