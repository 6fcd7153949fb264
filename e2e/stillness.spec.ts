import type { Page } from "@playwright/test";
import { openPage, untilReady } from "./support/open";
import { expect, test } from "./support/test";

/** Web Vitals call 0.1 good; half of that is hardly seen. */
const SHIFT_MAX = 0.05;

const pages = ["overview", "projects"];
const widths = [1440, 390];

type Shift = { value: number; elements: string[] };

/** Records every shift that nobody's input explains, with what has moved. */
async function watchShifts(page: Page): Promise<() => Promise<Shift[]>> {
  await page.addInitScript(() => {
    const shifts: { value: number; elements: string[] }[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node: Node | null }[];
      })[]) {
        if (entry.hadRecentInput) continue;
        const elements = entry.sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 120) : ""));
        shifts.push({ value: entry.value, elements });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { shifts: Shift[] }).shifts);
}

/** A train's network: what comes in parts is seen to come in parts. */
async function slowDown(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: 200_000,
    uploadThroughput: 100_000,
  });
}

async function expectStill(shifts: Shift[]) {
  const total = shifts.reduce((sum, { value }) => sum + value, 0);
  expect(total, JSON.stringify(shifts, null, 1)).toBeLessThan(SHIFT_MAX);
}

for (const width of widths) {
  test.describe(`${width} pixels wide and over a slow network`, () => {
    test.use({ viewport: { width, height: 900 } });

    for (const path of pages) {
      test(`nothing of ${path} moves while it loads`, async ({ page, inSample: { org } }) => {
        const shifts = await watchShifts(page);
        await slowDown(page);
        await page.goto(`/${org}/${path}`);
        await expect(page.locator("[data-slot=skeleton]")).toHaveCount(0);
        await page.waitForLoadState("networkidle");
        await expectStill(await shifts());
      });
    }

    test("nor when one goes on to the next page and changes the days", async ({ page, inSample: { org } }) => {
      const shifts = await watchShifts(page);
      await openPage(page, `/${org}/people`);
      await slowDown(page);
      await page.keyboard.press("Control+k");
      await page.keyboard.type("keys");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { name: "Keys", level: 1 })).toBeVisible();
      await untilReady(page);
      await page.getByRole("button", { name: "Earlier by the same length" }).click();
      await expect(page).toHaveURL(/from=/);
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      await expectStill(await shifts());
    });
  });
}
