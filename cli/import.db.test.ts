import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runCli } from "@/cli/run-cli";
import { BY_PROJECT, BY_USER, samplePath, withFile } from "@/server/imports/testing/support";
import { useTestDatabase } from "@/server/testing/database";
import { makeOrg, type TestOrg } from "@/server/testing/factories";

vi.setConfig({ testTimeout: 60_000 });
const database = useTestDatabase();
let org: TestOrg;
let home: string;

beforeAll(async () => {
  org = await makeOrg();
  home = mkdtempSync(path.join(tmpdir(), "tollkeeper-cli-"));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function tk(...args: string[]) {
  Object.assign(process.env, {
    TOLLKEEPER_HOME: home,
    DATABASE_URL: database.ownerUrl,
    APP_DATABASE_URL: database.appUrl,
  });
  const result = { code: 0, out: "", err: "" };
  const undos: (() => unknown)[] = [];
  result.code = await runCli(args, {
    stdin: Readable.from([]),
    stdout: { write: (text) => (result.out += text) },
    stderr: { write: (text) => (result.err += text) },
    defer: (undo) => undos.push(undo),
  });
  for (const undo of undos.toReversed()) await undo();
  return result;
}

const at = (...names: string[]) => names.map(samplePath);

async function drafts(): Promise<number> {
  const { rows } = await database.owner.query("select count(*)::int as drafts from imports where state = 'draft'");
  return rows[0].drafts;
}

describe("import", () => {
  it("shows with --dry-run what it would import, and changes nothing", async () => {
    const { code, out } = await tk("import", ...at(BY_USER, BY_PROJECT), "--org", org.slug, "--dry-run", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      committed: false,
      import_id: null,
      files: [
        {
          format: "openai_costs_json",
          lists: ["costs.user"],
          rows: 15,
          first_day: "2026-10-01",
          last_day: "2026-10-05",
        },
        { format: "openai_costs_json", lists: ["costs.project"], amount: "15" },
      ],
      days: { first: "2026-10-01", last: "2026-10-05", count: 5, missing: [] },
      total: "15",
      by_project: [
        { project_name: "Research", amount: "12.77" },
        { amount: "1.41" },
        { project_id: null, amount: "0.82" },
      ],
      overlaps: [],
      refusals: [],
    });
    expect((await tk("imports", "list", "--org", org.slug)).out).toBe("Nothing was imported.\n");
    expect(await drafts()).toBe(0);
  });

  it("tells budgets, and what of them it leaves out", async () => {
    const args = ["import", ...at("budgets__cbs-with-bad-values.yaml"), "--org", org.slug, "--dry-run"];
    const { out } = await tk(...args, "--json");
    expect(JSON.parse(out)).toMatchObject({
      files: [{ format: "budgets_yaml", budgets: 1, left_out: [{ given: "null" }, { given: "abc" }] }],
      days: null,
      budgets: [{ project_id: "proj_DefaultCCCCCCCCCCCCCCCCC", period: "month", amount: "7", amount_before: null }],
    });
    const { out: text } = await tk(...args);
    expect(text).toContain("proj_DefaultCCCCCCCCCCCCCCCCC");
    expect(text).toContain("Left out, as no monthly amount of a project:");
    expect(text).toContain("budgets__cbs-with-bad-values.yaml: proj_ChatbotBBBBBBBBBBBBBBBBB: abc");
    expect(text).not.toContain("Nothing else has these days.");
  });

  it("writes no control characters of a file to the terminal", async () => {
    const budgets = '{"proj_\\u001b[31mX": "\\u001b[2J\\nabc", "proj_b": 5}';
    const { out } = await withFile(budgets, (file) => tk("import", file, "--org", org.slug, "--dry-run"));
    expect(out).toMatch(/proj_ \[31mX: +\[2J abc/);
    expect(out).not.toContain("\u001b");
  });

  it("refuses all for one bad file, and says each reason with its place", async () => {
    const bad = path.join(home, "bad.csv");
    writeFileSync(bad, "project_id,day,cost_usd\na,2026-10-01,much\n");
    const files = [...at(BY_USER, "roles.yaml"), bad];
    const { code, out } = await tk("import", ...files, "--org", org.slug, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      committed: false,
      refusals: [
        { name: "roles.yaml", code: "holds_roles", place: null },
        { name: "bad.csv", code: "bad_row", place: "line 2", message: expect.stringContaining("is not a number") },
      ],
    });
    expect((await tk("import", ...files, "--org", org.slug)).out).toContain("Refused, so that nothing is imported:");
    expect(await drafts()).toBe(0);
  });

  it("imports in one, lists, and takes back", async () => {
    const { out } = await tk("import", ...at(BY_USER, BY_PROJECT), "--org", org.slug, "--json");
    const { import_id: id } = JSON.parse(out);
    const total = async () =>
      (await tk("costs", "--org", org.slug, "--from", "2026-10-01", "--to", "2026-10-06", "--json")).out;
    expect(JSON.parse(await total()).rows).toEqual([{ amount: "15" }]);
    expect(JSON.parse((await tk("imports", "list", "--org", org.slug, "--json")).out).rows).toMatchObject([
      { id, state: "committed", counted_days: 5, committed_by: "operator", files: [{ rows: 15 }, { rows: 8 }] },
    ]);
    expect(await tk("imports", "undo", id, "--org", org.slug)).toMatchObject({ code: 0, out: `Undone: ${id}.\n` });
    expect(JSON.parse(await total()).rows).toEqual([{ amount: null }]);
    expect(await tk("imports", "undo", id, "--org", org.slug)).toMatchObject({ code: 1, out: "" });
  });

  it("knows wrong usage from refusals", async () => {
    expect(await tk("import", "--org", org.slug)).toMatchObject({ code: 2, out: "" });
    expect(await tk("imports", "undo", "x", "--org", org.slug)).toMatchObject({ code: 2, out: "" });
    expect(await tk("import", "no-such-file.json", "--org", org.slug)).toMatchObject({
      code: 1,
      err: expect.stringContaining("no-such-file.json cannot be read (ENOENT).\n"),
    });
    expect(await tk("import", ...at(BY_USER), "--org", org.slug, "--connection", "nowhere")).toMatchObject({ code: 1 });
  });
});
