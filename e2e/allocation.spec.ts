import fs from "node:fs/promises";
import type { Page } from "@playwright/test";
import { tollkeeper } from "./support/cli";
import { parseCsv } from "./support/csv";
import { exactAmount } from "./support/figures";
import { collectComplaints, expectAccessible, expectNoSidewaysScroll } from "./support/looks";
import { plain, sum } from "./support/money";
import { openPage, untilReady } from "./support/open";
import { expect, test } from "./support/test";

const table = (page: Page, name: string | RegExp) => page.getByRole("table", { name });

/** The month before the one that runs: it is over, and fetched. */
const lastMonth = () => new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - 1, 1));
const monthText = () => lastMonth().toISOString().slice(0, 7);

async function addCenter(page: Page, name: string) {
  await page.getByRole("button", { name: "Add cost center" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

test("a project gets a name of one's own, which stands beside the provider's and can be taken back", async ({
  page,
  inSample: { org },
}) => {
  await openPage(page, `/${org}/projects`);
  const link = page.locator("tbody a:not([href*=unattributed])").first();
  const providerName = (await link.textContent()) ?? "";
  await link.click();
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Our assistant");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Our assistant");
  await expect(page.getByText(`The provider calls it “${providerName}”.`)).toBeVisible();
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByLabel("Name", { exact: true }).fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(providerName);
});

test("projects are tagged at once, and Explore tells spend by the tag", async ({ page, inSample: { org } }) => {
  await openPage(page, `/${org}/settings/allocation?tab=project`);
  await table(page, "Projects").getByRole("checkbox").nth(1).click();
  await table(page, "Projects").getByRole("checkbox").nth(2).click();
  await page.getByRole("button", { name: "Set tag" }).click();
  await page.getByLabel("Tag", { exact: true }).fill("team");
  await page.getByLabel("Value").fill("platform");
  await page.getByLabel("First day").fill("2026-01-01");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(table(page, "Projects").getByText("platform")).toHaveCount(2);
  await openPage(page, `/${org}/explore?group=tag&tag=team`);
  await untilReady(page);
  await expect(page.getByRole("combobox", { name: "Group by: Tag: team" })).toBeVisible();
  await expect(table(page, "Spend by group")).toContainText("platform");
  await expect(table(page, "Spend by group")).toContainText("Untagged");
});

test("a month is charged to cost centers, and its report ties to the spend, on the screen and as files", async ({
  page,
  inSample: { org },
}) => {
  await openPage(page, `/${org}/settings/allocation`);
  await addCenter(page, "Research");
  await addCenter(page, "Logistics");
  await page.getByRole("tab", { name: "Projects" }).click();
  await table(page, "Projects").getByRole("checkbox").first().click();
  await page.getByRole("button", { name: "Allocate" }).click();
  await page.getByRole("radio", { name: /Several, by percentages/ }).click();
  for (const [place, name] of ["Research", "Logistics"].entries()) {
    await page.getByRole("combobox", { name: `Cost center of share ${place + 1}` }).click();
    await page.getByRole("option", { name }).click();
    await page.getByLabel(`Percent of share ${place + 1}`).fill("33.3333");
  }
  await page.getByLabel("First day").fill("2026-01-01");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await openPage(page, `/${org}/chargeback?month=${monthText()}`);
  const report = table(page, "Chargeback");
  await expect(report.locator("tbody").getByRole("row")).toHaveCount(3);
  const total = plain(await exactAmount(report.locator("tfoot").getByRole("cell").nth(1)));

  const to = new Date(Date.UTC(lastMonth().getUTCFullYear(), lastMonth().getUTCMonth() + 1, 1));
  const range = ["--from", `${monthText()}-01`, "--to", to.toISOString().slice(0, 10)];
  const costs = await tollkeeper<{ rows: { amount: string }[] }>("costs", "--org", org, ...range);
  expect(costs.rows[0]?.amount).toBe(total);

  for (const name of ["Download: CSV", "Download: CSV by line item"]) {
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name, exact: true }).click();
    const [head = [], ...lines] = parseCsv(await fs.readFile(await (await downloading).path(), "utf8"));
    expect(sum(lines.map((line) => line[head.indexOf("billed")] ?? "0"))).toBe(total);
  }

  await report.getByRole("row", { name: /Research/ }).click();
  const sheet = page.getByRole("dialog");
  const totalOf = async (part: string) =>
    plain(await exactAmount(table(page, part).locator("tfoot").getByRole("cell").nth(1)));
  const byProject = await totalOf("By project");
  await sheet.getByRole("radio", { name: "By line item" }).click();
  await expect(table(page, "By line item").locator("tbody")).toContainText("gpt-");
  expect(await totalOf("By line item")).toBe(byProject);
  await expectAccessible(page, "a cost center's line items");
  await page.keyboard.press("Escape");

  const printing = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download: PDF" }).click();
  const pdf = await fs.readFile(await (await printing).path());
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
});

test("a file of tags and cost centers is looked at first, refused with its lines, mended and applied", async ({
  page,
  inSample: { org },
}) => {
  const complaints = collectComplaints(page);
  const { rows } = await tollkeeper<{ rows: { project_id: string }[] }>("projects", "--org", org);
  const [first = "", second = ""] = rows.map(({ project_id: id }) => id);
  await openPage(page, `/${org}/settings/allocation`);
  await addCenter(page, "Finance");
  await page.getByRole("button", { name: "Upload CSV" }).click();
  const dialog = page.getByRole("dialog");
  await expectAccessible(page, "uploading assignments");
  const choose = (...lines: string[]) =>
    dialog.locator("input[type=file]").setInputFiles({
      name: "assignments.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(["kind,id,dimension,value,from,share", ...lines].join("\n")),
    });
  const tag = `project,${first},squad,orange,2026-01-01,`;
  await choose(tag, "project,proj_nowhere,squad,x,2026-01-01,", `project,${second},cost_center,Nobody,2026-01-01,`);
  const problems = dialog.getByRole("list", { name: "Problems of the file" }).getByRole("listitem");
  await expect(problems).toHaveText([
    "Line 3: neither the directory nor any figure knows “proj_nowhere”.",
    "Line 4: there is no cost center of this name or code: “Nobody”.",
  ]);
  await expect(dialog.getByRole("button", { name: /^Apply/ })).toBeDisabled();
  await expectAccessible(page, "a refused file");

  await choose(tag, `project,${second},cost_center,Finance,2026-01-01,40`);
  await expect(dialog.getByRole("table", { name: "What the file says" }).locator("tbody")).toContainText(
    "Finance, 40%",
  );
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSidewaysScroll(page, `upload ${width}`);
    await expectAccessible(page, `upload ${width}`);
  }
  await dialog.getByRole("button", { name: "Apply 2 lines" }).click();
  await expect(page.getByText("2 lines applied")).toBeVisible();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("tab", { name: "Projects" }).click();
  await expect(table(page, "Projects").getByText("orange")).toHaveCount(1);
  await expect(table(page, "Projects")).toContainText("Finance");
  expect(complaints).toEqual([]);
});
