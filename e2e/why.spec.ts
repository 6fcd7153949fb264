import type { Locator, Page } from "@playwright/test";
import { day } from "./support/days";
import { card, exactAmount } from "./support/figures";
import { plain, sum } from "./support/money";
import { openPage, untilReady } from "./support/open";
import { expectAccessible, expectNoSidewaysScroll } from "./support/looks";
import { expect, test } from "./support/test";

const panel = (page: Page) => page.getByRole("region", { name: "Why did it change?" });
const twoMonths = `from=${day(-60)}&to=${day(1)}`;

/** Amounts of a waterfall from top to bottom, as plain decimals. */
async function amountsIn(list: Locator): Promise<string[]> {
  const titles = await list
    .locator("li span[title*='$']")
    .evaluateAll((found) => found.map((one) => one.getAttribute("title") ?? ""));
  return titles.map((title) => plain(title.replace("−", "-").replace("+", "")));
}

test("a change is taken apart: before and all effects are after, to the last digit, and tie to Explore", async ({
  page,
  inSample: { org },
}) => {
  await openPage(page, `/${org}/explore?group=model&from=${day(-28)}&to=${day(-14)}`);
  await page.getByRole("button", { name: "Why did it change?" }).click();
  await untilReady(page);
  await expect(page).toHaveURL(/why=true/);
  await expect(page).toHaveURL(/compare=previous_period/);
  const waterfall = panel(page).getByRole("list", { name: "Why did it change?" });
  await expect(waterfall.getByRole("listitem")).toHaveCount(8);
  const amounts = await amountsIn(waterfall);
  const after = amounts.at(-1) ?? "";
  expect(sum(amounts.slice(0, -1))).toBe(after);
  expect(plain(await exactAmount(card(page, "Spend")))).toBe(after);
  await panel(page).getByRole("button", { name: "How this is calculated" }).click();
  await expect(page.getByRole("dialog").getByText("One thing after the other", { exact: false })).toBeVisible();
  await page.keyboard.press("Escape");
  await expectAccessible(page, "why");
  await expectNoSidewaysScroll(page, "why");
});

test("movers are told by project, person, key and model, and lead to Explore of their own", async ({
  page,
  inSample: { org },
}) => {
  await openPage(page, `/${org}/explore?from=${day(-28)}&to=${day(-14)}&compare=previous_period&why=true`);
  for (const name of ["Project", "Person", "API key", "Model"]) {
    await panel(page).getByRole("radio", { name, exact: true }).click();
    await expect(panel(page).getByRole("table", { name: `Movers by ${name}` })).toBeVisible();
  }
  await panel(page).getByRole("radio", { name: "Project", exact: true }).click();
  await panel(page).getByRole("table", { name: "Movers by Project" }).locator("tbody").getByRole("row").first().click();
  await expect(page).toHaveURL(/filter=project/);
});

test("the forecast of the month goes on to its end, and the quarter's as well", async ({ page, inSample: { org } }) => {
  await openPage(page, `/${org}/overview`);
  const forecast = card(page, "Forecast");
  await expect(forecast.getByText(/^likely \$/)).toBeVisible();
  const month = await exactAmount(forecast);
  await forecast.getByRole("radio", { name: "Table" }).click();
  await expect(forecast.getByRole("columnheader", { name: "Likely from" })).toBeVisible();
  await forecast.getByRole("radio", { name: "Quarter" }).click();
  await expect.poll(() => exactAmount(forecast)).not.toBe(month);
});

test("the largest change of Overview leads to all that changed, and figures to where they are tied", async ({
  page,
  inSample: { org },
}) => {
  await openPage(page, `/${org}/overview?from=${day(-28)}&to=${day(-14)}`);
  await page.getByRole("link", { name: "Why did spend change?" }).click();
  await expect(page).toHaveURL(
    new RegExp(`/explore\\?from=${day(-28)}&to=${day(-14)}&compare=previous_period&why=true`),
  );
  await expect(panel(page).getByRole("list", { name: "Why did it change?" })).toBeVisible();
  await page.getByRole("link", { name: "Check against the bill" }).click();
  await expect(page).toHaveURL(new RegExp(`/reconciliation\\?from=${day(-28)}&to=${day(-14)}`));
});

test("what stands out has a page: listed by kind and direction, each leads to why, and Explore has its flags", async ({
  page,
  inSample: { org },
}) => {
  await openPage(page, `/${org}/explore?${twoMonths}`);
  await page.getByRole("link", { name: /things? stands? out/ }).click();
  await expect(page).toHaveURL(/\/anomalies\?from=/);
  await untilReady(page);
  const rows = page.getByRole("region", { name: "Stands out" }).getByRole("listitem");
  await expect(rows.nth(1)).toBeVisible();
  const all = await rows.count();
  await page.getByRole("combobox", { name: "What stands out" }).click();
  await page.getByRole("option", { name: "API key" }).click();
  await expect(page).toHaveURL(/kind=api_key/);
  expect(await rows.count()).toBeLessThanOrEqual(all);
  await page.getByRole("combobox", { name: "Direction" }).click();
  await page.getByRole("option", { name: "Rises", exact: true }).click();
  await expect(page).toHaveURL(/direction=rise/);
  await expect(rows.first()).toContainText("UTC:");
  await rows
    .first()
    .getByRole("link", { name: /^Why did/ })
    .click();
  await expect(panel(page)).toBeVisible();
  await expect(page).toHaveURL(/filter=api_key/);
});

test("a key that ran away stands out, and is dismissed with a reason that can be taken back", async ({
  page,
  inSample: { org, owner },
}) => {
  await openPage(page, `/${org}/anomalies?${twoMonths}`);
  const list = page.getByRole("region", { name: "Stands out" });
  const dismissals = list.getByRole("button", { name: /^Dismiss: / });
  const count = await dismissals.count();
  expect(count).toBeGreaterThan(0);
  await dismissals.first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Dismiss" }).click();
  await expect(dialog.getByText("Say why, in up to 500 letters.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Load test");
  await dialog.getByRole("button", { name: "Dismiss" }).click();
  await expect(dismissals).toHaveCount(count - 1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(dismissals).toHaveCount(count);
  await dismissals.first().click();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Load test");
  await dialog.getByRole("button", { name: "Dismiss" }).click();
  await expect(dismissals).toHaveCount(count - 1);
  await page.getByRole("radio", { name: "Dismissed 1" }).click();
  await expect(page).toHaveURL(/state=dismissed/);
  await expect(list.getByText(`Dismissed by ${owner.name}: Load test`)).toBeVisible();
  await expectAccessible(page, "anomalies");
  await list.getByRole("button", { name: /^Take back the dismissal/ }).click();
  await page.getByRole("radio", { name: `Open ${count}` }).click();
  await expect(dismissals).toHaveCount(count);
  await list.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/explore\?/);
});
