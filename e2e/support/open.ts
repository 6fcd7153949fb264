import { expect, type Page } from "@playwright/test";

/** Goes to a page and waits until it shows what it is about, and not what holds its place, and listens to its reader. */
export async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await untilReady(page);
}

/** Nothing is still to come, and no button is without the script that it needs. */
export async function untilReady(page: Page): Promise<void> {
  await expect(page.locator("[data-slot=skeleton]")).toHaveCount(0);
  // React marks the elements that it has taken over; before that, keys pressed on a busy machine come to nothing.
  await page.waitForFunction(() =>
    [...document.querySelectorAll("button")].every((button) =>
      Object.keys(button).some((name) => name.startsWith("__reactProps")),
    ),
  );
}
