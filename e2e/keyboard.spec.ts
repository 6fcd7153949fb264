import type { Page } from "@playwright/test";
import { connect } from "./support/connections";
import { currentStop, expectVisibleFocus, tabTo } from "./support/keyboard";
import { openPage, untilReady } from "./support/open";
import { expect, test } from "./support/test";

const dialog = (page: Page) => page.getByRole("dialog");

test("signing in takes typing, Tab and Enter", async ({ page, sample: { owner, org } }) => {
  await openPage(page, "/sign-in");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await page.keyboard.type(owner.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type("not the password");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await page.keyboard.type(owner.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/${org}/overview`);
});

test("the first stop of a page skips to its content", async ({ page, inSample: { org } }) => {
  await openPage(page, `/${org}/overview`);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
});

for (const path of ["overview", "projects", "connections"]) {
  test(`every stop of ${path} shows that it has the focus, and Tab goes on`, async ({ page, inSample: { org } }) => {
    await openPage(page, `/${org}/${path}`);
    const seen = new Set<string>();
    const unseen = new Set<string>();
    for (let stops = 0; stops < 90; stops++) {
      await page.keyboard.press("Tab");
      const { name, isVisible } = await currentStop(page);
      if (name.startsWith("body")) break;
      seen.add(name);
      if (!isVisible) unseen.add(name);
    }
    expect([...unseen]).toEqual([]);
    expect(seen.size).toBeGreaterThan(15);
    await expect(page.locator("body:focus, body:not(:has(:focus))")).toHaveCount(1);
  });
}

test("the palette opens with Ctrl and K, leads to a page, and Escape gives the focus back", async ({
  page,
  inSample: { org },
}) => {
  await openPage(page, `/${org}/overview`);
  await page.keyboard.press("Control+k");
  await expect(dialog(page).getByRole("combobox")).toBeFocused();
  await page.keyboard.type("peop");
  await expect(dialog(page).getByRole("option", { selected: true })).toContainText("People");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/${org}/people`);
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "People", level: 1 })).toBeVisible();
  await untilReady(page);

  await tabTo(page, page.getByRole("link", { name: "Models" }));
  await page.keyboard.press("Control+k");
  await page.keyboard.type("nothing is called like this");
  await expect(dialog(page).getByText("Nothing found")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Models" })).toBeFocused();
});

test("the palette changes the theme", async ({ page, inSample: { org } }) => {
  await openPage(page, `/${org}/settings/organization`);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveClass(/dark/);
});

test("days are chosen with Tab and Enter, by name and by date", async ({ page, inSample: { org } }) => {
  await openPage(page, `/${org}/models`);
  const trigger = page.getByRole("button", { name: /^Date range/ });
  await tabTo(page, trigger);
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect(trigger).toBeFocused();

  await page.keyboard.press("Enter");
  await tabTo(page, dialog(page).getByRole("button", { name: "Last 7 days" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/${org}/models?range=last-7-days`);
  await expect(trigger).toBeFocused();

  await page.keyboard.press("Enter");
  await tabTo(page, dialog(page).getByLabel("From"));
  // Dates are typed in the order of the browser's language: month, day, year.
  await page.keyboard.type("01012026");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/from=2026-01-01/);
  await expect(trigger).toBeFocused();
});

test("a table is sorted, searched and walked through, and Enter opens a row", async ({ page, inSample: { org } }) => {
  await openPage(page, `/${org}/models`);
  await tabTo(page, page.getByRole("searchbox", { name: "Search Models" }));
  await page.keyboard.type("gpt");
  await expect(page).toHaveURL(/q=gpt/);
  await tabTo(page, page.getByRole("button", { name: "Spend", exact: true }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("columnheader", { name: "Spend" })).toHaveAttribute("aria-sort", "ascending");

  const links = page.getByRole("table", { name: "Models", exact: true }).locator("tbody").getByRole("link");
  await tabTo(page, links.first());
  await page.keyboard.press("End");
  await expect(links.last()).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(links.nth(-2)).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await expect(links.nth(1)).toBeFocused();
  await expectVisibleFocus(page);
  const name = (await links.nth(1).innerText()).trim();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
});

test("a dialog keeps the focus, Escape closes it and the focus is where it was", async ({ page, owner: { org } }) => {
  const { id } = await connect(page.request, { org, adminKey: "sk-admin-sandbox-empty", name: "Cold Start" });
  await openPage(page, `/${org}/connections/${id}`);
  const menu = page.getByRole("button", { name: "More actions for Cold Start" });
  for (const { item, title } of [
    { item: "Replace key", title: "Replace the key of Cold Start" },
    { item: "Edit settings", title: "Settings of Cold Start" },
    { item: "Delete connection", title: "Delete Cold Start" },
  ]) {
    if (!(await menu.evaluate((element) => element === document.activeElement))) await tabTo(page, menu);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem").first()).toBeFocused();
    await page.keyboard.type(item.slice(0, 3));
    await expect(page.getByRole("menuitem", { name: item })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(dialog(page)).toHaveAccessibleName(title);
    for (let stops = 0; stops < 12; stops++) {
      await page.keyboard.press("Tab");
      await expect(dialog(page).locator(":focus")).toHaveCount(1);
      await expectVisibleFocus(page);
    }
    await page.keyboard.press("Escape");
    await expect(dialog(page)).toHaveCount(0);
    await expect(menu, item).toBeFocused();
  }
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("the drawer opens, leads on, and gives the focus back", async ({ page, inSample: { org } }) => {
    await openPage(page, `/${org}/overview`);
    const opener = page.getByRole("button", { name: "Open menu" });
    await tabTo(page, opener);
    await page.keyboard.press("Enter");
    await expect(dialog(page)).toHaveAccessibleName("Main");
    await page.keyboard.press("Escape");
    await expect(opener).toBeFocused();
    await page.keyboard.press("Enter");
    await tabTo(page, dialog(page).getByRole("link", { name: "Keys" }));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`/${org}/keys`);
    await expect(dialog(page)).toHaveCount(0);
  });
});
