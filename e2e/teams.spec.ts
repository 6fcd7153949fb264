import { gunzipSync } from "node:zlib";
import fs from "node:fs";
import type { APIRequestContext, Browser, BrowserContext, Page } from "@playwright/test";
import { mutate, prepare, query } from "./support/api";
import { tollkeeper } from "./support/cli";
import { baseURL } from "./support/installation";
import { collectComplaints, expectAccessible, expectNoSidewaysScroll } from "./support/looks";
import { createOrg, newPerson, type Person, signUp } from "./support/people";
import { expect, test } from "./support/test";

type Visitor = Person & { page: Page; context: BrowserContext; request: APIRequestContext };

/** Somebody in a browser of their own, signed in. */
async function visitor(browser: Browser): Promise<Visitor> {
  const context = await browser.newContext({ baseURL, permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  return { ...(await signUp(page.request)), page, context, request: page.request };
}

/** A link that leads to the invitation, as the inviter is shown it where no mail server is. */
async function invite(request: APIRequestContext, org: string, email: string, role = "reader"): Promise<string> {
  const [result] = await prepare<{ link: string }[]>(request, "members.invite", { org, addresses: [email], role });
  return new URL(result?.link ?? "").pathname;
}

const team = (page: Page) => page.getByRole("table", { name: "Members" });
const invitationOf = (page: Page, { email }: Person) =>
  page.getByRole("table", { name: "Invitations" }).getByRole("row").filter({ hasText: email });
const rowOf = (page: Page, person: Person) => team(page).getByRole("row").filter({ hasText: person.email });

/** Opens the menu of a member and chooses from it. */
async function choose(page: Page, person: Person, item: string): Promise<void> {
  await rowOf(page, person)
    .getByRole("button", { name: `Actions for ${person.name}` })
    .click();
  await page.getByRole("menuitem", { name: item }).click();
}

test("three people in two organizations: invited, joined, promoted, removed, handed over", async ({ browser }) => {
  test.setTimeout(240_000);
  const [ada, bo] = [await visitor(browser), await visitor(browser)];
  const cleo = newPerson();
  const acme = await createOrg(ada.request, "Acme Robotics");
  const beacon = await createOrg(bo.request, "Beacon Labs");

  // Ada invites both, with a wrong line among them; the link of each can be copied.
  await ada.page.goto(`/${acme}/settings/team`);
  await ada.page.getByRole("button", { name: "Invite people" }).click();
  await ada.page.getByLabel("E-mail addresses").fill(`${bo.email}\nnonsense\n"Cleo" <${cleo.email}>\n${ada.email}`);
  await ada.page.getByRole("button", { name: "Send 4 invitations" }).click();
  await expect(ada.page.getByRole("heading", { name: "2 invitations are on their way" })).toBeVisible();
  await expect(ada.page.getByRole("listitem").filter({ hasText: "nonsense" })).toContainText("Not an address");
  await expect(ada.page.getByRole("listitem").filter({ hasText: ada.email })).toContainText("Already a member");
  const copied = async (person: Person) => {
    await ada.page.getByRole("button", { name: `Copy link for ${person.email}` }).click();
    const item = ada.page.getByRole("listitem").filter({ hasText: person.email });
    await expect(item.getByText("Copied")).toBeAttached();
    return ada.page.evaluate(() => navigator.clipboard.readText());
  };
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: baseURL });
  const links = { bo: new URL(await copied(bo)).pathname, cleo: new URL(await copied(cleo)).pathname };
  await ada.page.getByRole("button", { name: "Done" }).click();
  await expect(invitationOf(ada.page, cleo)).toContainText("Reader");

  // Cleo has no account: the invitation says who invites, and signing up leads back to it.
  const cleoContext = await browser.newContext({ baseURL });
  const cleoPage = await cleoContext.newPage();
  await cleoPage.goto(links.cleo);
  await expect(cleoPage.getByText(`${ada.name} invites you to the organization Acme Robotics.`)).toBeVisible();
  await cleoPage.getByRole("link", { name: "Create account" }).click();
  await expect(cleoPage.getByLabel("E-mail")).toHaveValue(cleo.email);
  await cleoPage.getByLabel("Name").fill(cleo.name);
  await cleoPage.getByLabel("Password", { exact: true }).fill(cleo.password);
  await cleoPage.getByRole("button", { name: "Create account" }).click();
  await expect(cleoPage).toHaveURL(links.cleo);
  await cleoPage.getByRole("button", { name: "Join Acme Robotics" }).click();
  await expect(cleoPage).toHaveURL(`/${acme}/welcome`);

  // Bo opens somebody else's link, then his own.
  await bo.page.goto(links.cleo);
  await expect(bo.page.getByRole("heading", { name: "This invitation was used already" })).toBeVisible();
  await bo.page.goto(links.bo);
  await bo.page.getByRole("button", { name: "Join Acme Robotics" }).click();
  await expect(bo.page).toHaveURL(`/${acme}/welcome`);
  await bo.page.goto("/orgs");
  await expect(bo.page.getByRole("main").getByRole("link", { name: /Acme Robotics|Beacon Labs/ })).toHaveCount(2);

  // A reader sees who is there and can do nothing, whatever the browser sends.
  await cleoPage.goto(`/${acme}/settings/team`);
  await expect(rowOf(cleoPage, bo)).toContainText("Reader");
  await expect(cleoPage.getByRole("button", { name: "Invite people" })).toHaveCount(0);
  await expect(cleoPage.getByRole("columnheader", { name: "Two-factor" })).toHaveCount(0);
  const order = { org: acme, addresses: ["x@example.com"], role: "reader" };
  expect(await mutate(cleoPage.request, "members.invite", order)).toMatchObject({ status: 403 });
  expect(await query(cleoPage.request, "members.invitations", { org: acme })).toMatchObject({ status: 403 });

  // Ada makes Cleo an admin; Cleo's next page shows it.
  await ada.page.reload();
  await choose(ada.page, cleo, "Change role");
  await ada.page.getByRole("radio", { name: /^Admin/ }).click();
  await ada.page.getByRole("button", { name: "Change role" }).click();
  await expect(rowOf(ada.page, cleo)).toContainText("Admin");
  await cleoPage.reload();
  await expect(cleoPage.getByRole("button", { name: "Invite people" })).toBeVisible();
  await rowOf(cleoPage, ada).hover();
  await expect(rowOf(cleoPage, ada).getByRole("button")).toHaveCount(0);

  // Cleo removes Bo, who has the organization open: his next step finds nothing, his own is untouched.
  await bo.page.goto(`/${acme}/settings/team`);
  await choose(cleoPage, bo, "Remove from organization");
  await cleoPage.getByRole("button", { name: "Remove" }).click();
  // While it is open, nothing behind it counts as shown.
  await expect(cleoPage.getByRole("alertdialog")).toHaveCount(0);
  await expect(rowOf(cleoPage, bo)).toHaveCount(0);
  expect((await bo.page.goto(`/${acme}/overview`))?.status()).toBe(404);
  expect(await query(bo.request, "members.list", { org: acme })).toMatchObject({ status: 404 });
  expect((await bo.page.goto(`/${beacon}/settings/team`))?.status()).toBe(200);

  // Nobody reaches the other's organization, as owner or admin of one's own either.
  for (const { page, request } of [ada, { page: cleoPage, request: cleoPage.request }]) {
    expect((await page.goto(`/${beacon}/settings/team`))?.status()).toBe(404);
    for (const procedure of ["members.list", "tokens.list", "audit.list"])
      expect(await query(request, procedure, { org: beacon })).toMatchObject({ status: 404 });
    expect((await request.get(`/api/orgs/${beacon}/audit?format=csv`)).status()).toBe(404);
  }

  // The only owner cannot go, but hand over.
  expect(await mutate(ada.request, "members.leave", { org: acme })).toMatchObject({ reason: "last_owner" });
  await ada.page.goto(`/${acme}/settings/team`);
  await expect(rowOf(ada.page, ada).getByRole("button")).toHaveCount(0);
  await choose(ada.page, cleo, "Hand over ownership");
  await ada.page.getByRole("button", { name: "Hand over" }).click();
  await expect(rowOf(ada.page, cleo)).toContainText("Owner");
  await expect(rowOf(ada.page, ada)).toContainText("Admin");
  await choose(ada.page, ada, "Leave organization");
  await ada.page.getByRole("button", { name: "Leave" }).click();
  await expect(ada.page).toHaveURL("/welcome");

  const { rows } = await tollkeeper<{ rows: { email: string; role: string }[] }>("members", "--org", acme);
  expect(rows.map(({ email, role }) => [email, role])).toEqual([[cleo.email, "owner"]]);
  for (const context of [ada.context, bo.context, cleoContext]) await context.close();
});

test("an invitation is for its address, works once, and can be sent again and taken back", async ({ browser }) => {
  const [owner, other] = [await visitor(browser), await visitor(browser)];
  const org = await createOrg(owner.request, "Acme");
  const complaints = collectComplaints(other.page);

  const invited = newPerson();
  const first = await invite(owner.request, org, invited.email);
  await other.page.goto(first);
  await expect(other.page.getByRole("heading", { name: "This invitation is for another address" })).toBeVisible();
  await expectAccessible(other.page, "another address");
  await other.page.getByRole("button", { name: "Sign out and use the right account" }).click();
  await expect(other.page).toHaveURL(first);
  await other.page.getByRole("link", { name: "Sign in" }).click();
  await expect(other.page.getByLabel("E-mail")).toHaveValue(invited.email);

  await owner.page.goto(`/${org}/settings/team`);
  const actions = owner.page.getByRole("button", { name: `Actions for the invitation of ${invited.email}` });
  await actions.click();
  await owner.page.getByRole("menuitem", { name: "Send again" }).click();
  await expect(owner.page.getByRole("heading", { name: `New link for ${invited.email}` })).toBeVisible();
  await owner.page.getByRole("button", { name: "Close" }).click();
  await other.page.goto(first);
  await expect(other.page.getByRole("heading", { name: "This link is not valid" })).toBeVisible();

  await actions.click();
  await owner.page.getByRole("menuitem", { name: "Take back" }).click();
  await owner.page.getByRole("button", { name: "Take back" }).click();
  // Behind the dialog there are no rows for anybody.
  await expect(owner.page.getByRole("alertdialog")).toHaveCount(0);
  await expect(invitationOf(owner.page, invited)).toHaveCount(0);
  const second = await invite(owner.request, org, invited.email);
  await other.page.goto(second);
  await expect(other.page.getByRole("heading", { name: "Join Acme" })).toBeVisible();
  await expectAccessible(other.page, "open");
  expect(complaints).toEqual([]);
  for (const { context } of [owner, other]) await context.close();
});

test("an organization is renamed, exported, deleted by its slug and taken back", async ({ browser }) => {
  const owner = await visitor(browser);
  const { page, request } = owner;
  const org = await createOrg(request, "Doomed");
  await page.goto(`/${org}/settings/organization`);
  await page.getByLabel("Name").fill("Doomed Robotics");
  await page.getByRole("combobox", { name: "Time zone" }).click();
  await page.getByPlaceholder("Search time zones").fill("seoul");
  await page.getByRole("option", { name: "Asia/Seoul" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("button", { name: /Doomed Robotics/ })).toBeVisible();
  expect(await query(request, "orgs.get", { org })).toMatchObject({ data: { timezone: "Asia/Seoul" } });

  await page.getByRole("switch", { name: "Require two-factor sign-in" }).click();
  await expect(page.getByText("Set up a second factor for your own account first.")).toBeVisible();

  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download export" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(new RegExp(`^tollkeeper-${org}-\\d{4}-\\d\\d-\\d\\d\\.ndjson\\.gz$`));
  const lines = gunzipSync(fs.readFileSync(await download.path()))
    .toString("utf8")
    .trimEnd()
    .split("\n");
  expect(JSON.parse(lines.at(-1) ?? "")).toEqual({ end: true, rows: lines.length - 2 });
  expect(lines.find((line) => line.includes('"memberships"'))).toContain(owner.email);

  await page.getByRole("button", { name: "Delete organization" }).click();
  await page.getByLabel(`Type ${org} to confirm`).fill("something else");
  await page.getByRole("dialog").getByRole("button", { name: "Delete organization" }).click();
  await expect(page.getByText(`That is not ${org}.`)).toBeVisible();
  await page.getByLabel(`Type ${org} to confirm`).fill(org);
  await page.getByRole("dialog").getByRole("button", { name: "Delete organization" }).click();
  const banner = page.getByRole("status").filter({ hasText: "This organization will be deleted on" });
  await expect(banner).toBeVisible();
  await page.goto(`/${org}/connections`);
  await expect(banner).toBeVisible();
  await expectAccessible(page, "banner");
  await banner.getByRole("button", { name: "Take back" }).click();
  await expect(banner).toHaveCount(0);
  await owner.context.close();
});

test("an export is for owners alone", async ({ browser, request }) => {
  const [owner, admin, stranger] = [await visitor(browser), await visitor(browser), await visitor(browser)];
  const org = await createOrg(owner.request, "Guarded");
  const token = (await invite(owner.request, org, admin.email, "admin")).split("/").at(-1);
  await prepare(admin.request, "members.accept", { token });
  const path = `/api/orgs/${org}/export`;
  const statusOf = async (who: APIRequestContext, headers = {}) => (await who.get(path, { headers })).status();
  expect(await statusOf(request)).toBe(401);
  expect(await statusOf(stranger.request)).toBe(404);
  expect(await statusOf(admin.request)).toBe(403);
  expect(await statusOf(owner.request, { "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await statusOf(owner.request)).toBe(200);
  for (const { context } of [owner, admin, stranger]) await context.close();
});

test("team and settings are readable by everybody, in both themes and on both widths", async ({ browser }) => {
  test.setTimeout(120_000);
  const owner = await visitor(browser);
  const { page, request } = owner;
  const org = await createOrg(request, "Acme");
  await invite(request, org, `${"long-".repeat(10)}address@example.com`, "admin");
  const complaints = collectComplaints(page);
  const inviting = page.getByRole("dialog");
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const path of ["team", "organization"]) {
      await page.goto(`/${org}/settings/${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await expectNoSidewaysScroll(page, `${path} ${width}`);
        await expectAccessible(page, `${path} ${colorScheme} ${width}`);
      }
    }
    await page.goto(`/${org}/settings/team`);
    await page.getByRole("button", { name: "Invite people" }).click();
    await inviting.getByRole("button", { name: "Send invitations" }).click();
    await expect(inviting.getByText("Enter at least one address.")).toBeVisible();
    await expectAccessible(page, `inviting ${width}`);
    await page.keyboard.press("Escape");
    await expect(inviting).toHaveCount(0);
  }
  expect(complaints).toEqual([]);
  await owner.context.close();
});
