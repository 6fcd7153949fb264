import type { Locator, Page } from "@playwright/test";
import { tollkeeper } from "./support/cli";
import { last30Days } from "./support/days";
import { plain, sum } from "./support/money";
import { openPage, untilReady } from "./support/open";
import { trueCosts } from "./support/sandbox";
import { expect, test } from "./support/test";

const table = (page: Page, name: string) => page.getByRole("table", { name });

/** All amounts in a place, to the last digit. */
async function amountsIn(place: Locator): Promise<string[]> {
  const titles = await place
    .locator("span[title*='$']")
    .evaluateAll((spans) => spans.map((span) => span.getAttribute("title") ?? ""));
  return titles.map(plain);
}

test("every cut of the bill adds up to what the provider billed", async ({ page, inSample: { org } }) => {
  await openPage(page, `/${org}/reconciliation`);
  const truth = await trueCosts("acme", last30Days());
  const cuts = table(page, "Cuts of the bill").locator("tbody tr");
  await expect(cuts).toHaveCount(4);
  for (const cut of await cuts.all()) expect(sum(await amountsIn(cut)), await cut.innerText()).toBe(truth);
});

test("list prices, tiers and reasons lead to the bill, and so do its lines", async ({ page, inSample: { org } }) => {
  await openPage(page, `/${org}/reconciliation`);
  const truth = await trueCosts("acme", last30Days());
  await page.getByRole("heading", { name: "From list prices to the bill" }).scrollIntoViewIfNeeded();
  const step = (name: string) => page.locator("dl > div").filter({ has: page.getByText(name, { exact: true }) });
  const [standard = "", tiers = ""] = [
    ...(await amountsIn(step("Usage at standard prices"))),
    ...(await amountsIn(step("Batch, flex and priority"))),
  ];
  expect(await amountsIn(step("Expected"))).toEqual([sum([standard, tiers])]);
  expect(await amountsIn(step("Billed"))).toEqual([truth]);
  const all = await amountsIn(page.locator("dl").filter({ hasText: "Usage at standard prices" }));
  const sums = [sum([standard, tiers]), truth];
  expect(sum(all)).toBe(sum([truth, ...sums]));
  await expect(table(page, "Line by line").locator("tfoot")).toContainText("$");
});

test("the command line says the same", async ({ inSample: { org } }) => {
  const { from, to } = last30Days();
  const { organizations } = await tollkeeper<{ organizations: { total: string; prices: { billed: string } }[] }>(
    "reconcile",
    ...["--org", org, "--from", from, "--to", to],
  );
  const truth = await trueCosts("acme", { from, to });
  expect(organizations.map(({ total, prices }) => [plain(total), plain(prices.billed)])).toEqual([[truth, truth]]);
});

test("the page is reached from the side bar, and the range is kept in the address", async ({
  page,
  inSample: { org },
}) => {
  await openPage(page, `/${org}/overview`);
  await page.getByRole("link", { name: "Reconciliation" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Reconciliation" })).toBeVisible();
  await untilReady(page);
  await openPage(page, `/${org}/reconciliation?range=last-7-days`);
  await expect(table(page, "Cuts of the bill").locator("tbody tr")).toHaveCount(4);
});
