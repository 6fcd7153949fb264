import fs from "node:fs/promises";
import type { Page } from "@playwright/test";
import { prepare, query } from "./support/api";
import { parseCsv } from "./support/csv";
import { day, last30Days } from "./support/days";
import { amountIn, card, exactAmount } from "./support/figures";
import { plain, sum } from "./support/money";
import { trueCosts } from "./support/sandbox";
import { expect, test } from "./support/test";
import { english } from "./support/words";

const lists = [
  { path: "projects", title: "Projects", unattributed: "the whole organization" },
  { path: "people", title: "People", unattributed: "names no person" },
  { path: "keys", title: "Keys", unattributed: "name no key" },
  { path: "models", title: "Models", unattributed: "name no model" },
] as const;

const tableOf = (page: Page, title: string) => page.getByRole("table", { name: title, exact: true });
const bodyRows = (page: Page, title: string) => tableOf(page, title).locator("tbody").getByRole("row");

async function openList(page: Page, org: string, { path, title }: { path: string; title: string }) {
  await page.goto(`/${org}/${path}`);
  await expect(bodyRows(page, title).first()).toBeVisible();
}

async function downloadCsv(page: Page): Promise<string[][]> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  const file = await (await downloading).path();
  return parseCsv(await fs.readFile(file, "utf8"));
}

test("the sample opens with one press and is marked as invented from the first moment", async ({ page, owner }) => {
  await page.goto(`/${owner.org}/welcome`);
  await page.getByRole("button", { name: "Open the sample" }).click();
  await expect(page.getByRole("heading", { name: /Acme Robotics/ })).toBeVisible();
  await expect(page.getByText("Sample", { exact: true })).toBeVisible();
  await expect(page.getByText("You are looking at the sample organization.")).toBeVisible();
  await expect(page.getByRole("progressbar", { name: "Progress of Acme Robotics", exact: true })).toBeVisible();
  // Its fetching would only slow down the tests that follow.
  const { runs } = (await query(page.request, "orgs.frame", { org: owner.org })).data as { runs: { id: string }[] };
  for (const { id } of runs) await prepare(page.request, "sync.cancel", { org: owner.org, runId: id });
});

test("every page of figures says that they are invented", async ({ page, inSample: { org } }) => {
  for (const path of ["overview", ...lists.map((list) => list.path), "projects/unattributed"]) {
    await page.goto(`/${org}/${path}`);
    await expect(
      page.getByText("You are looking at the sample organization. Nothing here is real spend."),
    ).toBeVisible();
    await expect(page.getByRole("main").getByText("Sample", { exact: true })).toBeVisible();
  }
});

for (const list of lists) {
  test(`${list.path}: rows, totals row and card are the provider's total`, async ({ page, inSample: { org } }) => {
    await openList(page, org, list);
    const truth = await trueCosts("acme", last30Days());
    const exact = await exactAmount(card(page, "Spend · Last 30 days"));
    expect(plain(exact)).toBe(truth);
    expect(await exactAmount(tableOf(page, list.title).locator("tfoot"))).toBe(exact);
    const [head = [], ...rows] = await downloadCsv(page);
    const amounts = rows.map((row) => row[head.indexOf("Spend")] ?? "").filter((amount) => amount !== "");
    expect(amounts.length).toBeGreaterThan(3);
    expect(sum(amounts)).toBe(truth);
  });

  test(`${list.path}: what is attributed to nobody has its row, and a page`, async ({ page, inSample: { org } }) => {
    await openList(page, org, list);
    const row = bodyRows(page, list.title).filter({ hasText: list.unattributed });
    await expect(row).toContainText("Unattributed");
    const amount = await exactAmount(row);
    await row.getByRole("link").click();
    await expect(page).toHaveURL(`/${org}/${list.path}/unattributed`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Unattributed");
    expect(await exactAmount(card(page, "Spend · Last 30 days"))).toBe(amount);
  });

  test(`${list.path}: a row leads to its page by mouse and by Enter, and back returns`, async ({
    page,
    inSample: { org },
  }) => {
    await openList(page, org, list);
    const row = bodyRows(page, list.title).nth(1);
    const name = (await row.getByRole("link").locator("[title]").first().getAttribute("title")) ?? "";
    const amount = await exactAmount(row);
    await amountIn(row).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
    expect(await exactAmount(card(page, "Spend · Last 30 days"))).toBe(amount);

    await page.goBack();
    await expect(page).toHaveURL(`/${org}/${list.path}`);
    await bodyRows(page, list.title).nth(1).getByRole("link").focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
    await page.goBack();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(list.title);
  });
}

test("a search narrows the rows, is part of the address, and leaves the total alone", async ({
  page,
  inSample: { org },
}) => {
  await openList(page, org, { path: "people", title: "People" });
  const total = await exactAmount(tableOf(page, "People").locator("tfoot"));
  await page.getByRole("searchbox", { name: "Search People" }).fill("박지훈");
  await expect(bodyRows(page, "People")).toHaveCount(1);
  await expect(page).toHaveURL(/[?&]q=/);
  expect(await exactAmount(tableOf(page, "People").locator("tfoot"))).toBe(total);
  await page.reload();
  await expect(bodyRows(page, "People")).toHaveCount(1);
  await page.getByRole("button", { name: "Clear search" }).click();
  await expect.poll(() => bodyRows(page, "People").count()).toBeGreaterThan(20);
  await page.getByRole("searchbox", { name: "Search People" }).fill("nobody at all");
  await expect(page.getByText("No row matches “nobody at all”")).toBeVisible();
});

test("money sorts by amount, both ways, and the order is part of the address", async ({ page, inSample: { org } }) => {
  await openList(page, org, { path: "projects", title: "Projects" });
  const spend = tableOf(page, "Projects").getByRole("columnheader", { name: "Spend" });
  const amounts = async () => {
    const titles = await bodyRows(page, "Projects").locator("td:nth-child(2) [title*='$']").all();
    return Promise.all(titles.map(async (one) => Number(plain((await one.getAttribute("title")) ?? ""))));
  };
  await expect(spend).toHaveAttribute("aria-sort", "descending");
  const descending = await amounts();
  expect(descending).toEqual(descending.toSorted((a, b) => b - a));
  await spend.getByRole("button").click();
  await expect(spend).toHaveAttribute("aria-sort", "ascending");
  expect(await amounts()).toEqual(descending.toReversed());
  await expect(page).toHaveURL(/sort=amount\.asc/);
  await page.reload();
  await expect(spend).toHaveAttribute("aria-sort", "ascending");
});

test("names in any script, with quotes or looking like formulas, are shown as they are", async ({
  page,
  inSample: { org },
}) => {
  await openList(page, org, { path: "projects", title: "Projects" });
  for (const name of ["مساعد المبيعات", "데이터 플랫폼", 'R&D "Moonshot" <beta>', "=cmd|' /C calc'!A0"]) {
    await expect(tableOf(page, "Projects").getByText(name, { exact: true })).toBeVisible();
  }
  const arabic = tableOf(page, "Projects").getByText("مساعد المبيعات", { exact: true });
  expect(await arabic.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
  await bodyRows(page, "Projects").filter({ hasText: "Moonshot" }).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText('R&D "Moonshot" <beta>');
  await expect(page).toHaveTitle(/^R&D "Moonshot" <beta>/);
});

test("a downloaded table runs no formula, whatever people call themselves", async ({ page, inSample: { org } }) => {
  await openList(page, org, { path: "people", title: "People" });
  const [head = [], ...rows] = await downloadCsv(page);
  expect(head.slice(0, 2)).toEqual(["Person", "Spend"]);
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head.length]));
  const names = rows.map(([name = ""]) => name);
  expect(names).toContain(`'=HYPERLINK("http://example.test","pay")`);
  expect(names).toContain('Wanda "Wizard" Kowalczyk');
  expect(names).toContain("ليلى حداد");
  expect(rows.flat().filter((cell) => /^\s*[=+@\t\r]|^-(?!\d+(\.\d+)?$)/.test(cell))).toEqual([]);
});

test("the range is in the address: it survives a reload, leads on to details, and back undoes it", async ({
  page,
  inSample: { org },
}) => {
  await openList(page, org, { path: "models", title: "Models" });
  await page.getByRole("button", { name: /^Date range/ }).click();
  await page.getByRole("button", { name: "Last 7 days", exact: true }).click();
  await expect(page).toHaveURL(`/${org}/models?range=last-7-days`);
  await expect(card(page, "Spend · Last 7 days")).toBeVisible();
  await page.reload();
  const week = await exactAmount(card(page, "Spend · Last 7 days"));
  expect(plain(week)).toBe(await trueCosts("acme", { from: day(-6), to: day(1) }));
  await bodyRows(page, "Models").first().getByRole("link").click();
  await expect(page).toHaveURL(/\/models\/[^?]+\?range=last-7-days$/);
  await page.goBack();
  await expect(card(page, "Spend · Last 7 days")).toBeVisible();
  await page.goBack();
  await expect(card(page, "Spend · Last 30 days")).toBeVisible();
});

test("days of one's own choice come to what the provider billed for them", async ({ page, inSample: { org } }) => {
  const range = { from: day(-20), to: day(-9) };
  await page.goto(`/${org}/overview?from=${range.from}&to=${range.to}`);
  const exact = await exactAmount(card(page, "Selected days"));
  expect(plain(exact)).toBe(await trueCosts("acme", range));
});

for (const { path, title } of lists) {
  test(`${path}: a member nobody knows is said to be unknown, with a way back`, async ({ page, inSample: { org } }) => {
    await page.goto(`/${org}/${path}/never-heard-of`);
    await expect(page.getByText(english[path].notFound.title)).toBeVisible();
    await page.getByRole("link", { name: `All ${path}` }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  });
}
