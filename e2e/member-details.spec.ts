import type { Page } from "@playwright/test";
import { amountIn, exactAmount } from "./support/figures";
import { plain } from "./support/money";
import { openPage, untilReady } from "./support/open";
import { expect, test } from "./support/test";

const firstMember = (page: Page) =>
  page
    .locator("tbody tr")
    .filter({ has: page.locator("a:not([href*=unattributed])") })
    .first();

/** Down to the last card: what is below the fold is asked for when somebody gets there. */
async function scrollThrough(page: Page, heading: string) {
  await expect(async () => {
    await page.mouse.wheel(0, 800);
    await expect(page.getByRole("heading", { name: heading, exact: true })).toBeVisible({ timeout: 500 });
  }).toPass();
  await untilReady(page);
}

test("a person's models open below the row by keyboard, and come to what the row says", async ({
  page,
  inSample: { org },
}) => {
  await openPage(page, `/${org}/people`);
  const row = firstMember(page);
  const amount = await exactAmount(row);
  const button = row.getByRole("button", { name: /^Models of / });
  await expect(button).toHaveAttribute("aria-expanded", "false");
  await button.focus();
  await page.keyboard.press("Enter");
  const detail = page.locator(`[id="${await button.getAttribute("aria-controls")}"]`);
  await expect(detail.getByRole("heading", { name: /: spend by model$/ })).toBeVisible();
  expect(plain((await amountIn(detail).getAttribute("title")) ?? "")).toBe(plain(amount));
  await page.keyboard.press("Enter");
  await expect(detail).toHaveCount(0);
});

test("trends of a key: figures are chosen, another key is compared, and the address keeps both", async ({
  page,
  inSample: { org },
}) => {
  await openPage(page, `/${org}/keys`);
  const href = await firstMember(page).getByRole("link").first().getAttribute("href");
  await openPage(page, href ?? "");
  await scrollThrough(page, "Trends");
  const charts = page.getByRole("img", {
    name: /^(Spend|Requests|Input tokens|Cached input tokens|Output tokens)[.,:]/,
  });
  await expect(charts).toHaveCount(5);
  await page.getByRole("checkbox", { name: "Cached input tokens" }).click();
  await expect(charts).toHaveCount(4);
  await expect(page).toHaveURL(/metrics=cost,requests,inputTokens,outputTokens/);
  await page.getByRole("button", { name: "Compare" }).click();
  await page.getByRole("dialog").getByRole("checkbox").first().click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/with=key_/);
  await expect(page.getByRole("button", { name: "Compared with 1" })).toBeVisible();
});

test("a project's page tells since when, its rate limits, people and keys, and leads to them", async ({
  page,
  inSample: { org },
}) => {
  await openPage(page, `/${org}/projects`);
  const href = await firstMember(page).getByRole("link").first().getAttribute("href");
  await openPage(page, href ?? "");
  await scrollThrough(page, "Keys");
  await expect(page.getByText("First billed")).toBeVisible();
  await expect(page.getByRole("table", { name: "Rate limits" }).locator("tbody tr").first()).toBeVisible();
  await expect(page.getByRole("table", { name: "People and service accounts" })).toBeVisible();
  const key = page.getByRole("table", { name: "Keys" }).locator("tbody").getByRole("link").first();
  await key.click();
  await expect(page).toHaveURL(/\/keys\/key_/);
});
