import type { Page, Response } from "@playwright/test";
import { connect } from "./support/connections";
import { createAdminKey, revokeKey, withFaults } from "./support/sandbox";
import { expect, test } from "./support/test";
import { english } from "./support/words";

const sentences = english.connections.refusal;

async function check(page: Page, key: string) {
  await page.getByLabel("Admin key", { exact: true }).fill(key);
  await page.getByRole("button", { name: "Check key" }).click();
}

const refusal = (page: Page) => page.getByRole("main").getByRole("alert");

test.describe("each kind of refusal says its own sentence, and nothing is stored", () => {
  test.beforeEach(async ({ page, owner }) => {
    await page.goto(`/${owner.org}/connections/new`);
  });

  test.afterEach(async ({ page, owner }) => {
    await page.goto(`/${owner.org}/connections`);
    await expect(page.getByRole("heading", { name: "No connection yet" })).toBeVisible();
  });

  for (const { what, key, sentence } of [
    { what: "what is no key", key: "hunter2", sentence: sentences.key_malformed },
    { what: "a key for calling models", key: "sk-proj-sandbox-acme", sentence: sentences.key_other_kind },
    { what: "a key nobody issued", key: "sk-admin-nobody-issued-this-one", sentence: sentences.key_invalid },
  ]) {
    test(what, async ({ page }) => {
      await check(page, key);
      await expect(refusal(page)).toContainText(sentence);
      await expect(page.getByLabel("Admin key", { exact: true })).toBeFocused();
    });
  }

  test("a revoked key", async ({ page }) => {
    const key = await createAdminKey("beacon");
    await revokeKey(key);
    await check(page, key);
    await expect(refusal(page)).toContainText(sentences.key_invalid);
  });

  for (const { what, faults, sentence } of [
    { what: "a provider that fails", faults: { status5xx: { everyN: 1 } }, sentence: sentences.provider_failed },
    {
      what: "a provider that asks to slow down",
      faults: { rate429: { everyN: 1, retryAfterSeconds: 60 } },
      sentence: sentences.provider_rate_limited,
    },
    {
      what: "a provider that is not there",
      faults: { resetConnection: { everyN: 1 } },
      sentence: sentences.provider_unreachable,
    },
  ]) {
    test(what, async ({ page }) => {
      await withFaults({ ...faults, match: "/organization/projects" }, async () => {
        await check(page, "sk-admin-sandbox-beacon");
        await expect(refusal(page)).toContainText(sentence);
      });
      await check(page, "sk-admin-sandbox-beacon");
      await expect(page.getByText("This key belongs to")).toBeVisible();
    });
  }
});

test("an organization that is already connected is not connected twice", async ({ page, owner: { org } }) => {
  const { id } = await connect(page.request, { org, adminKey: "sk-admin-sandbox-beacon", name: "Ours" });
  await page.goto(`/${org}/connections/new`);
  await check(page, "sk-admin-sandbox-beacon");
  await expect(page.getByText("This organization is already connected as")).toBeVisible();
  await expect(page.getByRole("button", { name: "Connect", exact: true })).toHaveCount(0);
  await page.getByRole("main").getByRole("link", { name: "Ours" }).click();
  await expect(page).toHaveURL(`/${org}/connections/${id}`);
});

test("a key is in nothing that the browser keeps, shows, logs or receives", async ({
  page,
  context,
  owner: { org },
}) => {
  const key = await createAdminKey("beacon");
  const received = await collect(page);

  await page.goto(`/${org}/connections/new`);
  await check(page, key);
  await expect(page.getByText("This key belongs to")).toBeVisible();
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await page.waitForURL(new RegExp(`/${org}/connections/[0-9a-f-]{36}$`));
  const connectionUrl = page.url();
  await expect(page.getByText(`····${key.slice(-4)}`)).toBeVisible();
  const places = [await page.content()];
  for (const path of [`/${org}/connections`, `/${org}/overview`, connectionUrl]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    places.push(await page.content());
  }
  places.push(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])));
  places.push(JSON.stringify(await context.cookies()));
  places.push(...received.urls, ...received.lines, ...(await Promise.all(received.bodies)));

  expect(received.urls.length).toBeGreaterThan(10);
  expect(received.bodies.length).toBeGreaterThan(10);
  const secret = key.slice("sk-admin-".length);
  expect(places.filter((text) => text.includes(secret))).toEqual([]);
});

/** Every address, console line, answer and event from now on. */
async function collect(page: Page) {
  const urls: string[] = [];
  const lines: string[] = [];
  const bodies: Promise<string>[] = [];
  page.on("request", (request) => urls.push(request.url()));
  page.on("console", (message) => lines.push(message.text()));
  page.on("response", (response) => bodies.push(bodyOf(response)));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  devtools.on("Network.eventSourceMessageReceived", ({ data }) => lines.push(data));
  return { urls, lines, bodies };
}

/** Event streams never end, so their events are collected one by one; redirects have no body. */
async function bodyOf(response: Response): Promise<string> {
  const headers = JSON.stringify(await response.allHeaders().catch(() => ({})));
  if (headers.includes("text/event-stream")) return headers;
  return headers + (await response.text().catch(() => ""));
}
