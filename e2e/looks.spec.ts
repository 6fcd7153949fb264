import type { Page } from "@playwright/test";
import { collectComplaints, expectAccessible, expectNoSidewaysScroll } from "./support/looks";
import { expect, test } from "./support/test";
import { korean } from "./support/words";

const widths = [1440, 390];
const themes = ["light", "dark"] as const;

const publicPages = [
  { name: "landing", path: "/", heading: korean.landing.headline },
  { name: "sign in", path: "/sign-in", heading: korean.auth.signInTitle },
  { name: "sign up", path: "/sign-up", heading: korean.auth.signUpTitle },
];

/** In both themes and on both widths: no barrier, nothing cut off, nothing in the console. */
async function expectGoodLooks(page: Page, path: string): Promise<void> {
  const complaints = collectComplaints(page);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const where = `${path} ${colorScheme} ${width}`;
      await expectNoSidewaysScroll(page, where);
      await expectAccessible(page, where);
    }
  }
  expect(complaints, path).toEqual([]);
}

for (const { name, path } of publicPages) {
  test(`${name} looks good`, ({ page }) => expectGoodLooks(page, path));
}

test.describe("in Korean", () => {
  test.use({ locale: "ko-KR" });

  for (const { name, path, heading } of publicPages) {
    test(`${name} speaks it`, async ({ page }) => {
      await page.goto(path);
      await expect(page.locator("html")).toHaveAttribute("lang", "ko");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    });
  }
});
