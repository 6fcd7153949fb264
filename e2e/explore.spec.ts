import fs from "node:fs/promises";
import type { Page } from "@playwright/test";
import { parseCsv } from "./support/csv";
import { last30Days } from "./support/days";
import { amountIn, card, exactAmount } from "./support/figures";
import { plain, sum } from "./support/money";
import { openPage, untilReady } from "./support/open";
import { trueCosts } from "./support/sandbox";
import { expect, test } from "./support/test";

const table = (page: Page) => page.getByRole("table", { name: "Spend by group" });
const rows = (page: Page) => table(page).locator("tbody").getByRole("row");
const total = (page: Page) => exactAmount(card(page, "Spend"));
const chips = (page: Page) => page.getByRole("region", { name: "Filters" });

async function choose(page: Page, control: RegExp, option: string) {
  await page.getByRole("combobox", { name: control }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
  await untilReady(page);
}

test("spend by project ties to the provider's total: chart, rows, totals row and file", async ({
  page,
  inSample: { org },
}) => {
  await openPage(page, `/${org}/explore`);
  const truth = await trueCosts("acme", last30Days());
  expect(plain(await total(page))).toBe(truth);
  expect(plain(await exactAmount(table(page).locator("tfoot")))).toBe(truth);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  const [head = [], ...lines] = parseCsv(await fs.readFile(await (await downloading).path(), "utf8"));
  const amounts = lines.map((line) => line[head.indexOf("Spend")] ?? "").filter((amount) => amount !== "");
  expect(amounts.length).toBeGreaterThan(3);
  expect(sum(amounts)).toBe(truth);
});

test("a question is made of controls, kept in the address, and the same after a reload", async ({
  page,
  inSample: { org },
}) => {
  await openPage(page, `/${org}/explore`);
  const before = await total(page);
  await choose(page, /^Group by/, "Model");
  await choose(page, /^Then by/, "Token type");
  await choose(page, /^Per/, "Week");
  await choose(page, /^Compare/, "Previous period");
  await page.getByRole("radio", { name: "Stacked areas" }).click();
  await expect(page).toHaveURL(/group=model,token_type/);
  await expect(page).toHaveURL(/by=week/);
  await expect(page).toHaveURL(/compare=previous_period/);
  await expect(page).toHaveURL(/form=area/);
  expect(await total(page)).toBe(before);
  await expect(rows(page).first()).toContainText(" · ");
  await page.reload();
  await untilReady(page);
  await expect(page.getByRole("combobox", { name: "Then by: Token type" })).toBeVisible();
  expect(await total(page)).toBe(before);
  await page.goBack();
  await expect(page.getByRole("radio", { name: "Stacked bars" })).toBeChecked();
});

test("a row leads to what it stands for: its filter is a chip that can be removed", async ({
  page,
  inSample: { org },
}) => {
  await openPage(page, `/${org}/explore?group=model`);
  const before = await total(page);
  const row = rows(page).first();
  const amount = await exactAmount(row);
  await amountIn(row).click();
  await expect(rows(page)).toHaveCount(1);
  expect(await total(page)).toBe(amount);
  await expect(page).toHaveURL(/filter=model/);
  await chips(page)
    .getByRole("button", { name: /^Remove filter/ })
    .click();
  await expect.poll(() => total(page)).toBe(before);
});

test("a filter is chosen from what there is, or from a part of a name", async ({ page, inSample: { org } }) => {
  await openPage(page, `/${org}/explore`);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const form = page.getByRole("dialog");
  const first = form.getByRole("checkbox").first();
  await first.check();
  await form.getByRole("button", { name: "Apply" }).click();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("dialog").getByRole("radio", { name: "Contains" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("no such name");
  await page.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("Nothing in these days matches.")).toBeVisible();
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect.poll(() => rows(page).count()).toBeGreaterThan(3);
});

test("what the provider does not tell together cannot be chosen", async ({ page, inSample: { org } }) => {
  await openPage(page, `/${org}/explore?group=user`);
  await page.getByRole("combobox", { name: /^Then by/ }).click();
  for (const name of ["Project", "API key", "Batch", "Service tier"]) {
    await expect(page.getByRole("option", { name, exact: true })).toBeDisabled();
  }
  await expect(page.getByRole("option", { name: "Line item" })).toBeEnabled();
});

test("tokens by hour have no bars of money", async ({ page, inSample: { org } }) => {
  await openPage(page, `/${org}/explore?measure=output_tokens&group=model,service_tier&range=last-7-days`);
  await expect(card(page, "Output tokens").getByText(/Output tokens per day, UTC/)).toBeVisible();
  await expect(page.getByRole("table", { name: "Output tokens by group" }).locator("tbody")).not.toContainText("$");
});

test("a view is saved, pinned to Overview, opened from there, changed and deleted", async ({
  page,
  inSample: { org },
}) => {
  await openPage(page, `/${org}/explore?group=model_family&by=week`);
  const spend = await total(page);
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save view" }).click();
  await expect(page.getByText("Give the view a name of up to 100 letters.")).toBeVisible();
  await page.getByRole("textbox", { name: "Name" }).fill("Families");
  await page.getByRole("checkbox", { name: "Pin to Overview" }).check();
  await page.getByRole("dialog").getByRole("button", { name: "Save view" }).click();
  await expect(page.getByText("View saved")).toBeVisible();

  await openPage(page, `/${org}/overview`);
  const pinned = page.getByRole("region", { name: "Pinned views" });
  expect(await exactAmount(pinned)).toBe(spend);
  await pinned.getByRole("link", { name: "Families" }).click();
  await expect(page).toHaveURL(/group=model_family&by=week/);

  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("button", { name: "Actions for Families" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("View deleted")).toBeVisible();
  await openPage(page, `/${org}/overview`);
  await expect(page.getByRole("region", { name: "Pinned views" })).toHaveCount(0);
});
