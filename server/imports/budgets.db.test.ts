import { beforeEach, describe, expect, it } from "vitest";
import { commitImport } from "@/server/imports/commit-import";
import { previewImport } from "@/server/imports/preview-import";
import {
  BY_PROJECT,
  exportOf,
  importSamples,
  samplePath,
  stageSamples,
  stageText,
} from "@/server/imports/testing/support";
import { undoImport } from "@/server/imports/undo-import";
import { stageFile } from "@/server/imports/stage-file";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { getMemberAround } from "@/server/usage/member-around";

const database = useTestDatabase();
const RESEARCH = "proj_ResearchAAAAAAAAAAAAAAAA";
const CHATBOT = "proj_ChatbotBBBBBBBBBBBBBBBBB";
const DEFAULT = "proj_DefaultCCCCCCCCCCCCCCCCC";
const october = new Date("2026-10-20T12:00:00Z");
let org: TestOrg;

beforeEach(async () => {
  org = await makeOrg();
});

const previewed = async (importId: string) => previewImport(org.access, { importId });

async function budgets(key: string, now = october) {
  const around = await org.access.inScope((scope) => getMemberAround(scope, { dimension: "project", key }, now), {
    isSnapshot: true,
  });
  return around.budgets.map(({ project: _, ...budget }) => budget);
}

describe("files of budgets", () => {
  it.each([
    ["budgets__cbs.yaml", "budgets_yaml", { [RESEARCH]: "300", [CHATBOT]: "20.5" }],
    ["budgets__cbs-as-json.json", "budgets_json", { [RESEARCH]: "300", [CHATBOT]: "20.5" }],
    ["budgets__tracker-react-localstorage.json", "budgets_json", { [RESEARCH]: "100", [CHATBOT]: "1" }],
    ["project_budgets__tracker-flat.json", "budgets_json", { [RESEARCH]: "100", [CHATBOT]: "1" }],
  ])("%s is recognised, with every project's amount", async (name, format, amounts) => {
    const preview = await previewed(await stageSamples(org, name));
    expect(preview.files).toMatchObject([{ format, budgets: 2, rows: 0, lists: [], amount: null, leftOut: [] }]);
    expect(preview.budgets).toEqual(
      Object.entries(amounts).map(([projectId, amount]) => ({ projectId, name: null, amount, before: null })),
    );
    expect(preview).toMatchObject({ days: null, total: null, overlaps: [] });
  });

  it("what is no amount is left out, and told with its place", async () => {
    const { files, budgets: found } = await previewed(await stageSamples(org, "budgets__cbs-with-bad-values.yaml"));
    expect(found.map(({ projectId, amount }) => [projectId, amount])).toEqual([[DEFAULT, "7"]]);
    expect(files[0]?.leftOut).toEqual([
      { place: RESEARCH, given: "null" },
      { place: CHATBOT, given: "abc" },
    ]);
  });

  it("so it is in lists without a word of budgets", async () => {
    for (const json of [
      '{"proj_a": null, "proj_b": 100, "proj_c": "abc"}',
      '{"proj_a": null, "proj_b": {"limit": 100, "period": "monthly"}, "proj_c": {"limit": "abc", "period": "monthly"}}',
    ]) {
      const { files, budgets: found } = await previewed(await stageText(org, json));
      expect(found.map(({ projectId, amount }) => [projectId, amount])).toEqual([["proj_b", "100"]]);
      expect(files[0]?.leftOut).toEqual([
        { place: "proj_a", given: "null" },
        { place: "proj_c", given: "abc" },
      ]);
    }
  });

  it("every digit is kept, and what is less than zero, of another period, deep or of no project's id is left out", async () => {
    const yaml = `budgets:
  proj_a: 0.10000000000000000000000000001
  proj_b: 0
  proj_c: -5
  proj_d: { limit: 12, period: weekly }
  proj_e: { limit: 1e3, period: monthly }
  proj_f: [1, 2]
  proj_g: &seven 7
  proj_h: *seven
  proj_i: { limit: 8 }
  proj_j: 1e300
  ${"x".repeat(301)}: 9
  "": 9
`;
    const { files, budgets: found } = await previewed(await stageText(org, yaml));
    expect(found.map(({ projectId, amount }) => [projectId, amount])).toEqual([
      ["proj_e", "1000"],
      ["proj_i", "8"],
      ["proj_g", "7"],
      ["proj_a", "0.10000000000000000000000000001"],
    ]);
    expect(files[0]?.leftOut).toEqual([
      { place: "proj_c", given: "-5" },
      { place: "proj_d", given: "weekly" },
      { place: "proj_f", given: "[1, 2]" },
      { place: "proj_h", given: "*seven" },
      { place: "proj_j", given: "1e300" },
      { place: "x".repeat(100), given: "9" },
      { place: "", given: "9" },
    ]);
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    const json = `{"budgets": {"proj_a": 123456789.1234567890123456789, "proj_\\u0000b": 1, "proj_c": ${deep}}}`;
    const exact = await previewed(await stageText(org, json));
    expect(exact.budgets).toMatchObject([{ amount: "123456789.1234567890123456789" }]);
    expect(exact.files[0]?.leftOut).toEqual([
      { place: "proj_b", given: "1" },
      { place: "proj_c", given: "[…]" },
    ]);
  });

  it("are known behind comments and in quotes, and not by a cell of a table", async () => {
    for (const head of ["# ours\n\n---\nbudgets:", '"budgets" :', "'budgets':"])
      expect((await previewed(await stageText(org, `${head}\n  proj_a: 5\n`))).budgets).toHaveLength(1);
    const csv = 'project_id,project_name,day,cost_usd\nproj_a,"one\nbudgets: two",2026-10-01,1\n';
    expect((await previewed(await stageText(org, csv))).files).toMatchObject([{ format: "cost_cache_csv" }]);
  });

  it("a hundred of what is left out are listed, and all are counted", async () => {
    const many = Array.from({ length: 120 }, (_, i) => `  proj_${i}: none\n`);
    const { files } = await previewed(await stageText(org, `budgets:\n  proj_x: 1\n${many.join("")}`));
    expect(files[0]).toMatchObject({ budgets: 1, leftOutCount: 120 });
    expect(files[0]?.leftOut).toHaveLength(100);
  });

  it("of a project that stands there twice the last one counts, and many are read at once", async () => {
    const twice = await previewed(await stageText(org, "budgets:\n  proj_a: 1\n  proj_a: 2\n"));
    expect(twice.budgets).toMatchObject([{ projectId: "proj_a", amount: "2" }]);
    const many = Array.from({ length: 3_000 }, (_, i) => `  proj_${i}: ${i + 1}\n`);
    expect((await previewed(await stageText(org, `budgets:\n${many.join("")}`))).budgets).toHaveLength(3_000);
  });

  it.each([
    ["nothing but what is left out", "budgets:\n  proj_a: none\n", "no_days", null],
    ["no budget at all", '{"budgets": {}}', "no_days", null],
    ["a list", "budgets:\n  - 1\n", "not_usage", null],
    ["YAML that ends too early", 'budgets:\n  proj_a: "12\n', "broken", "line 3"],
    ["several documents", "budgets:\n  proj_a: 1\n---\nbudgets:\n  proj_b: 2\n", "broken", "line 3"],
    ["brackets upon brackets", `budgets: ${"[".repeat(10_000)}`, "broken", "line 1"],
    ["YAML of a megabyte", `budgets:\n${"  # nothing\n".repeat(100_000)}`, "not_usage", null],
    ["JSON with a comma too many", '{\n"budgets": {\n"proj_a": 5,,\n}}', "broken", "line 3"],
    [
      "people who are deeper than anybody",
      `{"u": {"email": "a@b", "x": ${"[".repeat(5_000)}${"]".repeat(5_000)}}}`,
      "not_usage",
      null,
    ],
    // Each of these made the parser look at the whole line again and again.
    ["commas upon commas", `budgets: {${",".repeat(120_000)}}`, "broken", "line 1"],
    ["tags upon tags", `budgets:\n a: ${"!a ".repeat(40_000)}`, "broken", "line 2"],
    ["anchors upon anchors", `budgets:\n a: ${"&a ".repeat(40_000)}`, "broken", "line 2"],
    ["brackets that open nowhere", `budgets:\n a: ${"] ".repeat(60_000)}`, "broken", "line 2"],
    ["quotes upon quotes", `budgets:\n a: ${'"a" '.repeat(30_000)}`, "broken", "line 2"],
  ])("%s is refused, and nothing of it is kept", async (_, content, refusal, place) => {
    await expect(stageText(org, content)).rejects.toMatchObject({ refusal, place });
    const { rows } = await database.owner.query("select 1 from connections where org_id = $1", [org.id]);
    expect(rows).toEqual([]);
  });
});

describe("budgets of projects", () => {
  it("stand beside what the running month has cost, once they are committed", async () => {
    await importSamples(org, BY_PROJECT);
    const importId = await stageSamples(org, "budgets__cbs.yaml");
    const names = (await previewed(importId)).budgets.map(({ name }) => name);
    expect(names).toEqual(["Research", "Chatbot, prod"]);
    expect(await budgets(RESEARCH)).toEqual([]);
    await commitImport(org.access, { importId });
    expect(await budgets(RESEARCH)).toEqual([{ month: "2026-10-01", amount: "300", spent: "12.77", unknownDays: 14 }]);
    expect(await budgets(DEFAULT)).toEqual([]);
    // Nothing is known of the month after.
    expect(await budgets(RESEARCH, new Date("2026-11-20T12:00:00Z"))).toEqual([
      { month: "2026-11-01", amount: "300", spent: null, unknownDays: 19 },
    ]);
  });

  it("the newest import's count, and the one before again when that is undone", async () => {
    await importSamples(org, "budgets__cbs.yaml");
    const newer = await stageSamples(org, "project_budgets__tracker-flat.json");
    expect((await previewed(newer)).budgets).toMatchObject([
      { projectId: RESEARCH, amount: "100", before: "300" },
      { projectId: CHATBOT, amount: "1", before: "20.5" },
    ]);
    await commitImport(org.access, { importId: newer });
    expect(await budgets(CHATBOT)).toMatchObject([{ amount: "1" }]);
    await undoImport(org.access, newer);
    expect(await budgets(CHATBOT)).toMatchObject([{ amount: "20.5" }]);
  });

  it("zero takes an older import's away, until it is undone", async () => {
    await stageText(org, '{"proj_a": 300, "proj_b": 5}').then((importId) => commitImport(org.access, { importId }));
    const importId = await stageText(org, `{"proj_a": 0, ${Array.from({ length: 130 }, (_, i) => `"proj_${i}": 0`)}}`);
    expect(await previewed(importId)).toMatchObject({
      files: [{ budgets: 0, leftOutCount: 0 }],
      budgets: [{ projectId: "proj_a", amount: null, before: "300" }],
    });
    await commitImport(org.access, { importId });
    expect(await budgets("proj_a")).toEqual([]);
    expect(await budgets("proj_b")).toMatchObject([{ amount: "5" }]);
    await undoImport(org.access, importId);
    expect(await budgets("proj_a")).toMatchObject([{ amount: "300" }]);
  });

  it("need no OpenAI organization, however many there are", async () => {
    await makeConnection(org);
    await makeConnection(org);
    await importSamples(org, "budgets__cbs.yaml");
    expect(await budgets(RESEARCH)).toMatchObject([{ amount: "300" }]);
  });

  it("of several files of an import the last one's count", async () => {
    const importId = await stageSamples(org, "budgets__cbs.yaml");
    await stageText(org, "budgets: { proj_other: 5 }", importId);
    await stageFile(org.access, {
      importId,
      path: samplePath("project_budgets__tracker-flat.json"),
      name: "later.json",
    });
    expect((await previewed(importId)).budgets.map(({ amount }) => amount)).toEqual(["100", "5", "1"]);
    await commitImport(org.access, { importId });
    expect(await budgets(RESEARCH)).toMatchObject([{ amount: "100" }]);
  });

  it("are the organization's own: nobody else sees them", async () => {
    await importSamples(org, "budgets__cbs.yaml");
    const other = await makeOrg("Other");
    await stageText(other, exportOf([["2026-10-01", "1"]], RESEARCH)).then((importId) =>
      commitImport(other.access, { importId }),
    );
    const around = await other.access.inScope((scope) =>
      getMemberAround(scope, { dimension: "project", key: RESEARCH }, october),
    );
    expect(around.budgets).toEqual([]);
  });
});
