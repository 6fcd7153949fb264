import { query } from "./support/api";
import { firstOfMonth, day, last30Days } from "./support/days";
import { amountIn, card } from "./support/figures";
import { inCents, plain } from "./support/money";
import { fillSignIn, newPerson, signOut } from "./support/people";
import { trueCosts } from "./support/sandbox";
import { expect, test } from "./support/test";

test("a newcomer signs up, connects a key and sees, to the last digit, what the provider bills", async ({ page }) => {
  const person = newPerson();
  const orgName = `Lighthouse Works ${person.name}`;

  await test.step("sign up", async () => {
    await page.goto("/");
    await page.getByRole("link", { name: "Create an account" }).first().click();
    await page.getByLabel("Name").fill(person.name);
    await page.getByLabel("E-mail").fill(person.email);
    await page.getByLabel("Password", { exact: true }).fill(person.password);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page).toHaveURL("/welcome");
  });

  await test.step("create an organization", async () => {
    await page.getByLabel("Name").fill(orgName);
    await page.getByRole("button", { name: "Create organization" }).click();
    await expect(page.getByRole("heading", { name: `Connect ${orgName} to OpenAI` })).toBeVisible();
  });
  const org = new URL(page.url()).pathname.split("/")[1] ?? "";

  await test.step("the key's organization is shown before anything is stored", async () => {
    await page.getByRole("button", { name: "Connect with an Admin key" }).click();
    await page.getByLabel("Admin key", { exact: true }).fill("sk-admin-sandbox-beacon");
    await page.getByRole("button", { name: "Check key" }).click();
    const findings = page.getByRole("region", { name: "This key belongs to" });
    await expect(findings).toContainText("Beacon Labs");
    await expect(findings).toContainText("org-sandboxbeacon");
    await expect(findings).toContainText("2 projects");
    for (const ability of ["Read costs", "Read usage", "Read names of projects, people and keys"]) {
      await expect(findings.getByRole("listitem").filter({ hasText: ability }).getByLabel("Yes")).toBeVisible();
    }
    expect((await query(page.request, "connections.list", { org })).data).toEqual([]);
  });

  await test.step("the first fetch is watched as it happens", async () => {
    await expect(page.getByLabel("Name of the connection")).toHaveValue("Beacon Labs");
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(page.getByRole("heading", { name: /Beacon Labs/ })).toBeVisible();
    const progress = page.getByRole("progressbar", { name: "Progress of Beacon Labs" });
    const done = async () => Number((await progress.getAttribute("aria-valuenow")) ?? 0);
    await expect.poll(done).toBeGreaterThan(0);
    await page.getByRole("link", { name: "Open overview" }).click();
    await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  });

  const thisMonth = await trueCosts("beacon", { from: firstOfMonth(), to: day(1) });
  const thirtyDays = await trueCosts("beacon", last30Days());
  const expectTruth = async () => {
    for (const { label, truth } of [
      { label: "Month to date", truth: thisMonth },
      { label: "Last 30 days", truth: thirtyDays },
    ]) {
      const amount = amountIn(card(page, label));
      const exact = async () => plain((await amount.getAttribute("title")) ?? "$0");
      await expect.poll(exact, { message: label, timeout: 45_000 }).toBe(truth);
      await expect(amount).toHaveText(inCents(truth));
    }
  };

  await test.step("the figures fill in by themselves until they are the provider's own", expectTruth);
  await test.step("and stay so after a reload", async () => {
    await page.reload();
    await expectTruth();
  });
  await test.step("and after signing out and in", async () => {
    await signOut(page, person);
    await expect(page).toHaveURL("/sign-in");
    await fillSignIn(page, person);
    await expect(page).toHaveURL(`/${org}/overview`);
    await expectTruth();
  });
});
