import fs from "node:fs";
import type { Download, Locator, Page } from "@playwright/test";
import { parquetReadObjects } from "hyparquet";
import { parseCsv } from "./support/csv";
import { last30Days } from "./support/days";
import { startStorage } from "@/server/testing/storage";
import { card, exactAmount } from "./support/figures";
import { collectComplaints, expectAccessible, expectNoSidewaysScroll } from "./support/looks";
import { plain, sum } from "./support/money";
import { openPage } from "./support/open";
import { signUp } from "./support/people";
import { trueCosts } from "./support/sandbox";
import { expect, test } from "./support/test";

type Line = Record<string, unknown>;

/** A menu that is still closing takes the click that should open it: it is opened when it has gone, and until it is there. */
async function chooseFrom(menu: Locator, choice: string): Promise<Download> {
  const page = menu.page();
  const item = page.getByRole("menuitem", { name: choice, exact: true });
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(async () => {
    await menu.click();
    await expect(item).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  const downloading = page.waitForEvent("download");
  await item.click();
  return downloading;
}

async function exported(page: Page, choice: string): Promise<{ name: string; content: Buffer }> {
  const download = await chooseFrom(page.getByRole("button", { name: "Export", exact: true }), choice);
  return { name: download.suggestedFilename(), content: fs.readFileSync(await download.path()) };
}

function objectsOf(csv: string): Line[] {
  const [header = [], ...rows] = parseCsv(csv);
  return rows.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i]])));
}

async function fromParquet(content: Buffer): Promise<Line[]> {
  return parquetReadObjects({ file: new Uint8Array(content).buffer });
}

const readers: [choice: string, extension: string, read: (content: Buffer) => Line[] | Promise<Line[]>][] = [
  ["CSV", ".csv", (content) => objectsOf(content.toString())],
  ["CSV for Excel", ".csv", (content) => objectsOf(content.toString())],
  ["JSON", ".json", (content) => JSON.parse(content.toString())],
  [
    "JSON lines",
    ".ndjson",
    (content) =>
      content
        .toString()
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
  ],
  ["Parquet", ".parquet", fromParquet],
  ["Facts, CSV", ".csv", (content) => objectsOf(content.toString())],
  ["Facts, Parquet", ".parquet", fromParquet],
];

const dollars = (rows: readonly Line[], amount: string, currency: string) =>
  plain(sum(rows.filter((row) => String(row[currency]).toLowerCase() === "usd").map((row) => String(row[amount]))));

test("every format holds what the screen shows, to the last digit", async ({ page, inSample: { org } }) => {
  test.setTimeout(180_000);
  const complaints = collectComplaints(page);
  await openPage(page, `/${org}/projects`);
  const truth = await trueCosts("acme", last30Days());
  const shown = await exactAmount(card(page, "Spend · Last 30 days"));
  expect(shown.replaceAll(/[$,]/g, "")).toBe(truth);
  for (const [choice, extension, read] of readers) {
    const { name, content } = await exported(page, choice);
    expect(name.endsWith(extension), name).toBe(true);
    expect(dollars(await read(content), "amount", "currency"), choice).toBe(truth);
  }
  const { content } = await exported(page, "FOCUS 1.2, CSV");
  expect(dollars(objectsOf(content.toString()), "BilledCost", "BillingCurrency")).toBe(truth);
  expect(complaints).toEqual([]);
});

test("a view of Explore exports what is shown: filters, groups and steps of its address", async ({
  page,
  inSample: { org },
}) => {
  const complaints = collectComplaints(page);
  await openPage(
    page,
    `/${org}/explore?range=last-30-days&group=model&by=week&top=3&filter=${encodeURIComponent("model~gpt")}`,
  );
  const shown = (await exactAmount(card(page, "Spend"))).replaceAll(/[$,]/g, "");
  const { name, content } = await exported(page, "CSV");
  const rows = objectsOf(content.toString());
  expect(name).toMatch(/-explore-cost-by-model-/);
  expect(dollars(rows, "amount", "currency")).toBe(shown);
  expect(new Set(rows.map(({ group }) => group))).toEqual(new Set(["named", "other"]));
  const table = await exported(page, "Table, Parquet");
  expect(dollars(await fromParquet(table.content), "amount", "currency")).toBe(shown);
  expect(complaints).toEqual([]);
});

test("a chart is saved as an image and as CSV without the server", async ({ page, inSample: { org } }) => {
  const complaints = collectComplaints(page);
  await openPage(page, `/${org}/explore?range=last-30-days&group=model&top=3`);
  const asked: string[] = [];
  page.on("request", (request) => request.url().startsWith("http") && asked.push(request.url()));
  const chart = card(page, "Spend");
  const save = async (choice: string) => {
    const download = await chooseFrom(chart.getByRole("button", { name: "Download" }), choice);
    return { name: download.suggestedFilename(), content: fs.readFileSync(await download.path()) };
  };
  const image = await save("PNG image");
  expect(image.name).toMatch(/^spend-.*\.png$/);
  expect(image.content.subarray(1, 4).toString()).toBe("PNG");
  expect(image.content.readUInt32BE(16)).toBeGreaterThan(1000);
  const csv = await save("CSV, exact figures");
  const shown = (await exactAmount(chart)).replaceAll(/[$,]/g, "");
  expect(plain(sum(objectsOf(csv.content.toString()).map((row) => String(row.Total))))).toBe(shown);
  expect(asked.filter((url) => url.includes("/api/"))).toEqual([]);
  expect(complaints).toEqual([]);
});

test("people, keys, models and the overview export their own groups", async ({ page, inSample: { org } }) => {
  const truth = await trueCosts("acme", last30Days());
  for (const [path, column] of [
    ["overview", "project_id"],
    ["people", "user_id"],
    ["keys", "api_key_id"],
    ["models", "model"],
  ]) {
    await openPage(page, `/${org}/${path}`);
    const rows = objectsOf((await exported(page, "CSV")).content.toString());
    expect(Object.keys(rows[0] ?? {})).toContain(column);
    expect(dollars(rows, "amount", "currency"), path).toBe(truth);
  }
});

test("the menu fits and is readable by everybody", async ({ page, inSample: { org } }) => {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await openPage(page, `/${org}/projects`);
    await expectNoSidewaysScroll(page, `projects ${width}`);
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await expect(page.getByRole("menu")).toBeVisible();
    await expectAccessible(page, `export menu ${width}`);
  }
});

test("to a stranger there is nothing to export", async ({ page, sample: { org } }) => {
  const path = `/api/orgs/${org}/exports?from=2026-10-01&to=2026-10-02&format=csv`;
  expect((await page.request.get(path)).status()).toBe(401);
  await signUp(page.request);
  expect((await page.request.get(path)).status()).toBe(404);
});

const credentials = { accessKeyId: "AKE2E", secretAccessKey: "e2e secret", region: "eu-central-1" };

test("an export is scheduled to a storage, run, delivered, changed, paused and deleted", async ({
  page,
  inSample: { org },
}) => {
  test.setTimeout(180_000);
  const complaints = collectComplaints(page);
  const storage = await startStorage(credentials, ["reports"]);
  await openPage(page, `/${org}/exports`);
  await page.getByRole("button", { name: "Schedule an export" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Costs for finance");
  await dialog.getByLabel("Content").click();
  await page.getByRole("option", { name: "Every charge" }).click();
  await dialog.getByLabel("Days in it").click();
  await page.getByRole("option", { name: "The last 30 days" }).click();
  await dialog.getByLabel(/^Endpoint/).fill(storage.url);
  await dialog.getByLabel("Region").fill(credentials.region);
  await dialog.getByLabel("Bucket", { exact: true }).fill("reports");
  await dialog.getByLabel(/^Folder/).fill("finance/");
  await dialog.getByLabel("Access key ID").fill(credentials.accessKeyId);
  await dialog.getByLabel("Secret access key", { exact: true }).fill("another");
  await dialog.getByLabel("Bucket in the path").click();
  await expectAccessible(page, "scheduling");
  await dialog.getByRole("button", { name: "Schedule", exact: true }).click();
  await expect(dialog).toBeHidden();

  const scheduled = page.getByRole("list", { name: "Scheduled" }).getByRole("listitem");
  await expect(scheduled).toContainText("s3://reports/finance/");
  const choose = async (action: string) => {
    await page.getByRole("button", { name: "Actions for Costs for finance" }).click();
    await page.getByRole("menuitem", { name: action }).click();
  };
  const runs = page.getByRole("list", { name: "History" }).getByRole("listitem");
  await choose("Run now");
  await expect(runs.first()).toContainText("The storage does not know this access key", { timeout: 30_000 });
  expect(storage.files.size).toBe(0);
  await expect(scheduled).toContainText("Last run failed");

  await choose("Change");
  await dialog
    .getByLabel(/^Secret access key/)
    .first()
    .fill(credentials.secretAccessKey);
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog).toBeHidden();
  await choose("Run now");
  await expect(runs.first()).toContainText("Delivered", { timeout: 30_000 });
  await expect(scheduled).not.toContainText("Last run failed");
  const [name = "", file] = [...storage.files].find(([key]) => key.endsWith(".csv")) ?? [];
  expect(name).toMatch(/^reports\/finance\//);
  const rows = objectsOf(file?.content.toString() ?? "");
  await expect(runs.first()).toContainText(`${rows.length.toLocaleString("en")} rows`);
  const manifest = JSON.parse(storage.files.get(`${name}.manifest.json`)?.content.toString() ?? "");
  expect(plain(String(manifest.sums.find((sum: Line) => sum.currency === "usd").sum))).toBe(
    dollars(rows, "amount", "currency"),
  );

  await runs
    .first()
    .getByRole("button", { name: /What changed since/ })
    .click();
  await expect(page.getByRole("dialog")).toContainText("Of the days that were closed then, nothing was changed since.");
  await expectAccessible(page, "changes");
  await page.keyboard.press("Escape");
  await choose("Pause");
  await expect(scheduled).toContainText("Paused");
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSidewaysScroll(page, `exports ${width}`);
    await expectAccessible(page, `exports ${width}`);
  }
  await choose("Delete");
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Nothing is scheduled yet.")).toBeVisible();
  await storage.close();
  expect(complaints).toEqual([]);
});

test("a saved view is scheduled as it is, and delivered as it was drawn", async ({ page, inSample: { org } }) => {
  test.setTimeout(120_000);
  const storage = await startStorage(credentials, ["reports"]);
  await openPage(page, `/${org}/explore?measure=requests&group=model&by=week&top=3`);
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("Requests for finance");
  await page.getByRole("dialog").getByRole("button", { name: "Save view" }).click();
  await expect(page.getByText("View saved")).toBeVisible();

  await openPage(page, `/${org}/exports`);
  await page.getByRole("button", { name: "Schedule an export" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("By model");
  await dialog.getByLabel("Content").click();
  await page.getByRole("option", { name: "View “Requests for finance”" }).click();
  await expect(dialog).toContainText("later changes to the view are not followed");
  await dialog.getByLabel(/^Endpoint/).fill(storage.url);
  await dialog.getByLabel("Region").fill(credentials.region);
  await dialog.getByLabel("Bucket", { exact: true }).fill("reports");
  await dialog.getByLabel("Access key ID").fill(credentials.accessKeyId);
  await dialog.getByLabel("Secret access key", { exact: true }).fill(credentials.secretAccessKey);
  await dialog.getByLabel("Bucket in the path").click();
  await dialog.getByRole("button", { name: "Schedule", exact: true }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Actions for By model" }).click();
  await page.getByRole("menuitem", { name: "Run now" }).click();
  const history = page.getByRole("list", { name: "History" }).getByRole("listitem");
  const run = history.filter({ has: page.getByText("By model", { exact: true }) });
  await expect(run).toContainText("Delivered", { timeout: 30_000 });
  const manifest = JSON.parse(
    [...storage.files.values()].map(({ content }) => content.toString()).find((text) => text.startsWith("{")) ?? "{}",
  );
  expect(manifest.source).toMatchObject({
    measure: "requests",
    group_by: ["model"],
    granularity: "week",
    top: 3,
    rows: "steps",
  });
  await storage.close();
});

test("a download is in the list of exports", async ({ page, inSample: { org } }) => {
  await page.request.get(`/api/orgs/${org}/exports?from=2026-10-01&to=2026-10-02&format=csv&group_by=project`);
  await openPage(page, `/${org}/exports`);
  await expect(page.getByRole("list", { name: "History" })).toContainText("CSV");
});
