import type { Page } from "@playwright/test";
import { collectComplaints, expectAccessible, expectNoSidewaysScroll, englishOn } from "./support/looks";
import { openPage } from "./support/open";
import { signUp } from "./support/people";
import { expect, type Sample, test } from "./support/test";
import { korean } from "./support/words";

const widths = [1440, 390];
/** By then all answers have come. */
const LATE_MS = 700;

const lists = ["projects", "people", "keys", "models"] as const;

const publicPages = [
  { name: "the start page", path: "/" },
  { name: "sign in", path: "/sign-in" },
  { name: "sign up", path: "/sign-up" },
];

const pagesOf = ({ org, connectionId }: Sample) => ({
  overview: `/${org}/overview`,
  explore: `/${org}/explore?group=project,model&compare=previous_period`,
  anomalies: `/${org}/anomalies?range=last-90-days&state=all`,
  reconciliation: `/${org}/reconciliation`,
  chargeback: `/${org}/chargeback`,
  "cost centers": `/${org}/settings/allocation`,
  "what is allocated": `/${org}/settings/allocation?tab=api_key`,
  projects: `/${org}/projects`,
  people: `/${org}/people`,
  keys: `/${org}/keys`,
  models: `/${org}/models`,
  connections: `/${org}/connections`,
  "adding a connection": `/${org}/connections/new`,
  "a connection": `/${org}/connections/${connectionId}`,
  "the first fetch": `/${org}/welcome/${connectionId}`,
  "single sign-on": `/${org}/settings/single-sign-on`,
  settings: `/${org}/settings/organization`,
  tokens: `/${org}/settings/api-tokens`,
  "the audit log": `/${org}/settings/audit-log`,
  organizations: "/orgs",
  "a new organization": "/orgs/new",
  "what is not there": `/${org}/nothing-here`,
});

const pageNames = Object.keys(pagesOf({} as Sample)) as (keyof ReturnType<typeof pagesOf>)[];

/** The page of the first member of a list, whose row of nobody has a page as well but fewer things on it. */
async function pathOfMember(page: Page, list: string): Promise<string> {
  await openPage(page, list);
  const path = await page.locator("tbody a:not([href*=unattributed])").first().getAttribute("href");
  if (!path) throw new Error(`${list} has no rows`);
  return path;
}

/** In both themes and on both widths: no barrier, nothing cut off, nothing to complain about. */
async function expectGoodLooks(page: Page, path: string, { status = 200 } = {}): Promise<void> {
  const complaints = collectComplaints(page, { except: status === 200 ? undefined : path });
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await openPage(page, path);
    await expectNoSidewaysScroll(page, `${path} ${width}`);
    await expectAccessible(page, `${path} ${width}`);
  }
  expect(complaints, path).toEqual([]);
}

test.describe("light and dark, wide and on a phone, no barrier, nothing cut off, no complaint:", () => {
  for (const { name, path } of publicPages) {
    test(name, ({ page }) => expectGoodLooks(page, path));
  }

  for (const name of pageNames) {
    test(name, ({ page, inSample }) =>
      expectGoodLooks(page, pagesOf(inSample)[name], { status: name === "what is not there" ? 404 : 200 }),
    );
  }

  for (const list of lists) {
    test(`a member of ${list}`, async ({ page, inSample: { org } }) => {
      await expectGoodLooks(page, await pathOfMember(page, `/${org}/${list}`));
    });
  }

  test("somebody without organization", async ({ page }) => {
    await signUp(page.request);
    await expectGoodLooks(page, "/welcome");
  });

  test("an organization without connection", async ({ page, owner: { org } }) => {
    for (const path of ["welcome", "projects", "connections"]) await expectGoodLooks(page, `/${org}/${path}`);
  });
});

test.describe("a browser whose scripts come late takes over what the server drew:", () => {
  for (const name of pageNames.filter((name) => name !== "what is not there")) {
    test(name, async ({ page, inSample }) => {
      const complaints = collectComplaints(page);
      await page.route("**/_next/static/**/*.js", async (route) => {
        await new Promise((resolve) => setTimeout(resolve, LATE_MS));
        await route.continue();
      });
      await openPage(page, pagesOf(inSample)[name]);
      // What came last has to be taken over, too.
      await page.waitForLoadState("networkidle");
      expect(complaints).toEqual([]);
      await page.unrouteAll({ behavior: "ignoreErrors" });
    });
  }
});

test.describe("in Korean nothing is left in English:", () => {
  test.use({ locale: "ko-KR" });

  for (const { name, path } of publicPages) {
    test(name, ({ page }) => expectKorean(page, path));
  }

  for (const name of pageNames) {
    test(name, ({ page, inSample }) => expectKorean(page, pagesOf(inSample)[name]));
  }

  test("a member of models", async ({ page, inSample: { org } }) => {
    await expectKorean(page, await pathOfMember(page, `/${org}/models`));
  });

  async function expectKorean(page: Page, path: string): Promise<void> {
    const complaints = collectComplaints(page, { except: path.endsWith("nothing-here") ? path : undefined });
    await openPage(page, path);
    await expect(page.locator("html")).toHaveAttribute("lang", "ko");
    expect(await englishOn(page), path).toEqual([]);
    expect(complaints, path).toEqual([]);
  }

  test("and the language can be chosen, whatever the browser asks for", async ({ page }) => {
    await page.goto("/sign-in");
    await page.getByRole("button", { name: korean.language.label }).click();
    await page.getByRole("menuitemradio", { name: "English" }).click();
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.reload();
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  });
});
