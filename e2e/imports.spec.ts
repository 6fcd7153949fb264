import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { tollkeeper } from "./support/cli";
import { collectComplaints, englishOn, expectAccessible, expectNoSidewaysScroll } from "./support/looks";
import { openPage } from "./support/open";
import { join } from "./support/people";
import { expect, test } from "./support/test";

const sample = (name: string) => fileURLToPath(new URL(`../server/imports/testing/samples/${name}`, import.meta.url));
const BY_USER = sample("openai-export-by-user__cost_2026-10-01_2026-10-05.json");
const BY_PROJECT = sample("openai-export-by-project__Oct-1-to-5-2026(projects).json");
const PEOPLE = sample("userinfo__map.json");
const BUDGETS = sample("budgets__cbs.yaml");
const BAD_BUDGETS = sample("budgets__cbs-with-bad-values.yaml");

const choose = (page: Page, ...files: string[]) => page.locator("input[type=file]").setInputFiles(files);
const chosen = (page: Page) => page.getByRole("list", { name: "Chosen files" });

/** What the terminal says that a range cost, in dollars. */
const costs = (org: string) =>
  tollkeeper<{ rows: { amount: string | null }[] }>(
    "costs",
    "--org",
    org,
    "--from",
    "2026-10-01",
    "--to",
    "2026-10-06",
  );

test("several files at once: recognised, looked at, counted once, and taken back", async ({ page, owner: { org } }) => {
  const complaints = collectComplaints(page);
  await openPage(page, `/${org}/imports`);
  await expect(page.getByText("Nothing imported yet")).toBeVisible();

  await choose(page, BY_USER, BY_PROJECT, PEOPLE, sample("roles.yaml"));
  await expect(chosen(page).getByText("This file holds roles")).toBeVisible();
  await expect(chosen(page).getByText("OpenAI costs, JSON")).toHaveCount(2);
  const people = page.getByRole("region", { name: "By person" });
  await expect(people.getByRole("listitem").filter({ hasText: "Carol Demir" })).toContainText("$7.66");
  await expect(people.getByRole("listitem").filter({ hasText: "Unattributed" })).toContainText("$0.82");
  const models = page.getByRole("region", { name: "By model" });
  await expect(models.getByRole("listitem").filter({ hasText: "gpt-4o-2024-08-06" })).toContainText("$6.57");
  await expect(page.getByText("Nothing else has these days.")).toBeVisible();
  expect((await costs(org)).rows).toEqual([{ amount: null }]);

  await page.getByRole("button", { name: "Import 3 files" }).click();
  await expect(page.getByText("Imported. The figures include it now.")).toBeVisible();
  await expect(page.getByText("5 days count", { exact: true })).toBeVisible();
  expect((await costs(org)).rows).toEqual([{ amount: "15" }]);
  await openPage(page, `/${org}/people?from=2026-10-01&to=2026-10-05`);
  await expect(page.getByRole("row", { name: /Carol Demir carol@example.com/ })).toContainText("$7.66");

  // The same file again is told by its content, and another one of the same days by its days.
  await openPage(page, `/${org}/imports`);
  await choose(page, BY_USER, sample("openai_project_usage.csv"));
  await expect(chosen(page).getByText(/The same file was imported before/)).toBeVisible();
  const overlaps = page.getByRole("table", { name: "Days that something else has, too" });
  await expect(overlaps.getByRole("row")).toHaveCount(6);
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(chosen(page)).toHaveCount(0);

  await page.getByRole("button", { name: "Undo the import of 3 files" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone", { exact: true })).toBeVisible();
  expect((await costs(org)).rows).toEqual([{ amount: null }]);
  expect(complaints).toEqual([]);
});

test("dropped files are taken, and a bad row is told with its place", async ({ page, owner: { org } }) => {
  await openPage(page, `/${org}/imports`);
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["project_id,day,cost_usd\na,2026-10-01,1\nb,yesterday,2\n"], "cache.csv"));
    return transfer;
  });
  await page.locator("[data-slot=drop-zone]").dispatchEvent("drop", { dataTransfer: data });
  await expect(chosen(page).getByText(/cannot be read at line 3: its day is not a calendar day/)).toBeVisible();
  await page.getByRole("button", { name: "Leave out cache.csv" }).click();
  await expect(chosen(page)).toHaveCount(0);
});

test("readers see what was imported, and no way to import", async ({ page, browser, owner: { org } }) => {
  await tollkeeper("import", BY_PROJECT, "--org", org);
  const context = await browser.newContext();
  await join(page.request, { org, role: "reader", as: context.request });
  const reader = await context.newPage();
  await openPage(reader, `/${org}/imports`);
  await expect(reader.getByText("openai-export-by-project")).toBeVisible();
  await expect(reader.locator("input[type=file]")).toHaveCount(0);
  await expect(reader.getByRole("button", { name: /Undo/ })).toHaveCount(0);
  const refused = await context.request.post(`/api/orgs/${org}/imports?name=x.json`, { data: "{}" });
  expect(refused.status()).toBe(403);
  await context.close();
});

test("budgets are looked at, with what is left out, and stand on their projects' pages", async ({
  page,
  owner: { org },
}) => {
  await tollkeeper("import", BY_PROJECT, "--org", org);
  await openPage(page, `/${org}/imports`);
  await choose(page, BUDGETS, BAD_BUDGETS);
  await chosen(page).getByText("2 values left out").click();
  await expect(chosen(page).getByText("abc")).toBeVisible();
  const budgets = page.getByRole("region", { name: "Monthly budgets of projects" });
  await expect(budgets.getByRole("listitem")).toHaveText([
    "Research$300.00",
    "Chatbot, prod$20.50",
    "proj_DefaultCCCCCCCCCCCCCCCCC$7.00",
  ]);
  await page.getByRole("button", { name: "Import 2 files" }).click();
  await expect(page.getByText("Imported. The figures include it now.")).toBeVisible();

  await openPage(page, `/${org}/projects/proj_ResearchAAAAAAAAAAAAAAAA?from=2026-10-01&to=2026-10-05`);
  const meter = page.getByRole("meter", { name: "Budget of Research" });
  await expect(async () => {
    await page.mouse.wheel(0, 2_000);
    await expect(meter).toBeVisible({ timeout: 1_000 });
  }).toPass();
  // Nobody has fetched or imported this month's costs: what is used of the budget is unknown.
  await expect(meter).toHaveAttribute("aria-valuetext", /of \$300\.00$/);
  await expectAccessible(page, "project with a budget");
});

/** The page with everything on it: chosen files of all kinds, totals, overlaps, and what was imported before. */
async function fill(page: Page, org: string) {
  await tollkeeper("import", BY_PROJECT, "--org", org);
  await openPage(page, `/${org}/imports`);
  await choose(
    page,
    BY_USER,
    sample("openai_project_usage.csv"),
    sample("not-a-usage-file.json"),
    BUDGETS,
    BAD_BUDGETS,
  );
  await expect(page.getByRole("table")).toBeVisible();
  // What was left out of the budgets is listed behind a line.
  await page.locator("details summary").click();
}

test("wide and on a phone, light and dark: no barrier, nothing cut off", async ({ page, owner: { org } }) => {
  await fill(page, org);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expectAccessible(page, `imports ${width}`);
    await expectNoSidewaysScroll(page, `imports ${width}`);
  }
});

test.describe("in Korean", () => {
  test.use({ locale: "ko-KR" });

  test("nothing is left in English", async ({ page, owner: { org } }) => {
    await fill(page, org);
    expect(await englishOn(page)).toEqual([]);
  });
});
