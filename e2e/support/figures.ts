import type { Locator, Page } from "@playwright/test";

/** The card with this label: "Month to date", "Last 30 days", "Spend · Last 30 days". */
export const card = (page: Page, label: string): Locator =>
  page
    .locator("[data-slot=card]")
    .filter({ has: page.getByText(label, { exact: true }) })
    .first();

/** The amount in a card or row; its title has every digit. */
export const amountIn = (place: Locator): Locator => place.locator("span[title*='$']").first();

export async function exactAmount(place: Locator): Promise<string> {
  const title = await amountIn(place).getAttribute("title");
  if (title === null) throw new Error("the amount has no title");
  return title;
}
