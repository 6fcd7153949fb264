import type { Page } from "@playwright/test";
import { connect, untilSynced } from "./support/connections";
import { day, last30Days } from "./support/days";
import { amountIn, card } from "./support/figures";
import { plain } from "./support/money";
import { createAdminKey, restate, revokeKey, trueCosts, withFaults } from "./support/sandbox";
import { expect, test } from "./support/test";
import { english } from "./support/words";

const { refusal, brokenReason } = english.connections;
const main = (page: Page) => page.getByRole("main");
const toast = (page: Page, text: string) => page.getByRole("region", { name: /Notifications/ }).getByText(text);
const status = (page: Page, word: string) => page.getByRole("heading", { level: 1 }).getByText(word, { exact: true });

/** A connection of the owner to Beacon Labs by a key of its own, with all its figures, and its page open. */
async function openSynced(page: Page, org: string, name = "Beacon") {
  const adminKey = await createAdminKey("beacon");
  const connection = await connect(page.request, { org, adminKey, name });
  await untilSynced(page.request, { org, ...connection });
  const path = `/${org}/connections/${connection.id}`;
  await page.goto(path);
  await expect(status(page, "Active")).toBeVisible();
  return { ...connection, adminKey, path };
}

async function choose(page: Page, name: string, action: string) {
  await page.getByRole("button", { name: `More actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

const results = (page: Page) => main(page).getByRole("table").last().locator("tbody");

/** Presses "Sync now" and waits for the end of that run. */
async function syncNow(page: Page, result: string) {
  const before = await results(page).getByRole("button").count();
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(results(page).getByRole("button")).toHaveCount(before + 1);
  await expect(results(page).getByRole("row").first()).toContainText(result, { timeout: 30_000 });
}

async function expectSpend(page: Page, amount: string) {
  const shown = async () => plain((await amountIn(card(page, "Last 30 days")).getAttribute("title")) ?? "$0");
  await expect.poll(shown).toBe(amount);
}

test("a key shows what it opens, then the fetch is watched live, and can be stopped", async ({
  page,
  owner: { org },
}) => {
  await page.goto(`/${org}/connections/new`);
  await page.getByLabel("Admin key", { exact: true }).fill("sk-admin-sandbox-acme-readonly");
  await page.getByRole("button", { name: "Check key" }).click();
  const findings = page.getByRole("region", { name: "This key belongs to" });
  await expect(findings).toContainText("Acme Robotics");
  await expect(findings).toContainText("org-sandboxacme");
  await expect(findings).toContainText("10 projects");
  await page.getByLabel("Name of the connection").fill("The robots");

  await withFaults({ latencyMs: 200 }, async () => {
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    const progress = page.getByRole("progressbar", { name: "Progress of The robots" });
    const percent = async () => Number((await progress.getAttribute("aria-valuenow")) ?? 0);
    await expect.poll(percent, { timeout: 30_000 }).toBeGreaterThan(0);
    const first = await percent();
    await expect.poll(percent, { timeout: 30_000 }).toBeGreaterThan(first);
    await expect(page.getByRole("button", { name: /^Sync progress: Syncing, \d+%$/ })).toBeVisible();
    await page.getByRole("button", { name: "Cancel sync" }).click();
    await expect(results(page).getByRole("row").first()).toContainText("Cancelled", { timeout: 20_000 });
  });
  await expect(progressOf(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Sync now" })).toBeEnabled();
});

const progressOf = (page: Page) => main(page).getByRole("progressbar");

test("a key of few permissions says beforehand what will be missing", async ({ page, owner: { org } }) => {
  await page.goto(`/${org}/connections/new`);
  await page.getByLabel("Admin key", { exact: true }).fill("sk-admin-sandbox-acme-usage");
  await page.getByRole("button", { name: "Check key" }).click();
  await expect(page.getByText("Without names, ids are shown in their place.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Read names" }).getByLabel("No")).toBeVisible();
});

test("Sync now brings what the provider has corrected", async ({ page, owner: { org } }) => {
  const { path } = await openSynced(page, org);
  const before = await trueCosts("beacon", last30Days());
  await restate("beacon", { day: day(-2), delta: "12.345678901234567890123456789" });
  const after = await trueCosts("beacon", last30Days());
  expect(after).not.toBe(before);

  await page.goto(`/${org}/overview`);
  await expectSpend(page, before);
  await page.goto(path);
  await syncNow(page, "Done");
  await expect(results(page).getByRole("row").first()).toContainText("By hand");
  await page.goto(`/${org}/overview`);
  await expectSpend(page, after);
});

test("a paused connection says so everywhere until it is resumed", async ({ page, owner: { org } }) => {
  const { path } = await openSynced(page, org, "Ours");
  await choose(page, "Ours", "Pause");
  await expect(toast(page, "Ours is paused")).toBeVisible();
  await expect(status(page, "Paused")).toBeVisible();
  await expect(page.getByRole("button", { name: "Sync now" })).toHaveCount(0);

  const sentence = page.getByText("Ours is paused. Its figures are not being updated.");
  for (const elsewhere of ["settings/organization", "models", "overview"]) {
    await page.goto(`/${org}/${elsewhere}`);
    await expect(sentence, elsewhere).toHaveCount(1);
  }
  await page.getByRole("region", { name: "What needs attention" }).getByRole("link").click();
  await expect(page).toHaveURL(path);
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(status(page, "Active")).toBeVisible();

  await choose(page, "Ours", "Pause");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(status(page, "Active")).toBeVisible();
});

test("a revoked key stops the connection, which says why until a new key is given", async ({
  page,
  owner: { org },
}) => {
  const { adminKey, path } = await openSynced(page, org, "Ours");
  await revokeKey(adminKey);
  await syncNow(page, "Failed");
  await expect(status(page, "Needs attention")).toBeVisible();
  await expect(main(page).getByText(english.sync.error.auth).first()).toBeVisible();
  await expect(main(page).getByText(english.connections.streamStateText.forbidden)).toHaveCount(0);
  await expect(main(page).getByRole("alert").or(main(page).getByRole("status"))).toContainText([brokenReason.auth]);

  const truth = await trueCosts("beacon", last30Days());
  await page.goto(`/${org}/overview`);
  await expect(page.getByRole("button", { name: /^Sync failed/ })).toBeVisible();
  const attention = page.getByRole("region", { name: "What needs attention" });
  await expect(attention).toContainText(`Ours can’t be synced, so its figures stop there. ${brokenReason.auth}`);
  await expectSpend(page, truth);
  await expect(page.getByRole("button", { name: "Sync progress: Needs attention" })).toBeVisible();

  await page.goto(path);
  await main(page).getByRole("button", { name: "Replace key" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Admin key", { exact: true }).fill("sk-admin-sandbox-empty");
  await dialog.getByRole("button", { name: "Replace key" }).click();
  await expect(dialog.getByRole("alert")).toContainText(refusal.key_of_other_organization);
  const newKey = await createAdminKey("beacon");
  await dialog.getByLabel("Admin key", { exact: true }).fill(newKey);
  await dialog.getByRole("button", { name: "Replace key" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(status(page, "Active")).toBeVisible();
  await expect(main(page).getByText(`····${newKey.slice(-4)}`)).toBeVisible();
  await expect(results(page).getByRole("row").first()).toContainText("Done", { timeout: 30_000 });
  await page.goto(`/${org}/overview`);
  await expect(page.getByRole("button", { name: /^Up to date/ })).toBeVisible();
});

test("a list that fails makes the figures incomplete, and says so, until it is fetched again", async ({
  page,
  owner: { org },
}) => {
  const { path } = await openSynced(page, org, "Ours");
  const truth = await trueCosts("beacon", last30Days());
  const spent = { everyN: 1, retryAfterSeconds: null, code: "insufficient_quota" };
  await withFaults({ match: "/organization/costs", rate429: spent }, async () => {
    await syncNow(page, "Partly done");
    await expect(main(page).getByText("Failing").first()).toBeVisible();
    await page.goto(`/${org}/overview`);
    await expect(page.getByRole("button", { name: /^Incomplete/ })).toBeVisible();
    await expect(page.getByRole("region", { name: "What needs attention" })).toContainText("could not be fetched");
    await expectSpend(page, truth);
  });
  await page.goto(path);
  await syncNow(page, "Done");
  await expect(main(page).getByText("Failing")).toHaveCount(0);
  await page.goto(`/${org}/overview`);
  await expect(page.getByRole("button", { name: /^Up to date/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "What needs attention" })).toHaveCount(0);
});

test("settings are changed in place", async ({ page, owner: { org } }) => {
  await openSynced(page, org, "Ours");
  await choose(page, "Ours", "Edit settings");
  await page.getByLabel("Name of the connection").fill("Théirs & co");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Théirs & co");
});

test("the history of a deleted connection counts until it is erased, and never twice", async ({
  page,
  owner: { org },
}) => {
  const truth = await trueCosts("beacon", last30Days());
  const dialog = page.getByRole("dialog");

  await test.step("kept: it is listed, and figures stay", async () => {
    await openSynced(page, org, "First");
    await choose(page, "First", "Delete connection");
    await dialog.getByRole("button", { name: "Delete connection" }).click();
    await expect(toast(page, "First was deleted")).toBeVisible();
    await expect(page).toHaveURL(`/${org}/connections`);
    await expect(page.getByText("No connection yet")).toBeVisible();
    await expect(page.getByRole("button", { name: "Erase the history of First" })).toBeVisible();
    await page.goto(`/${org}/overview`);
    await expectSpend(page, truth);
  });

  await test.step("connected again: it goes on with what it has", async () => {
    await openSynced(page, org, "Second");
    await page.goto(`/${org}/overview`);
    await expectSpend(page, truth);
  });

  await test.step("erased: asks for the name, and nothing stays", async () => {
    await page.goto(`/${org}/connections`);
    await choose(page, "Second", "Delete connection");
    await dialog.getByLabel("Erase the history").click();
    await dialog.getByLabel("Type Second to confirm").fill("second");
    await dialog.getByRole("button", { name: "Delete and erase history" }).click();
    await expect(dialog).toContainText("Type the name exactly as shown.");
    await dialog.getByLabel("Type Second to confirm").fill("Second");
    await dialog.getByRole("button", { name: "Delete and erase history" }).click();
    await expect(page.getByText("No connection yet")).toBeVisible();
    await page.goto(`/${org}/overview`);
    await expect(page).toHaveURL(`/${org}/welcome`);
  });
});
