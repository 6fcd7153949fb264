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
import { makeOrg, type TestOrg } from "@/server/testing/factories";
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
  return around.budgets.map(({ month, amount, spent }) => ({ month, amount, spent }));
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

  it("every digit is kept, and what is zero, less, of another period or of no project's name is left out", async () => {
    const yaml = `budgets:
  proj_a: 0.10000000000000000000000000001
  proj_b: 0
  proj_c: -5
  proj_d: { limit: 12, period: weekly }
  proj_e: { limit: 1e3, period: monthly }
  proj_f: [1, 2]
  proj_g: &seven 7
  proj_h: *seven
  ${"x".repeat(301)}: 9
  "": 9
`;
    const { files, budgets: found } = await previewed(await stageText(org, yaml));
    expect(found.map(({ projectId, amount }) => [projectId, amount])).toEqual([
      ["proj_e", "1000"],
      ["proj_g", "7"],
      ["proj_a", "0.10000000000000000000000000001"],
    ]);
    expect(files[0]?.leftOut).toEqual([
      { place: "proj_b", given: "0" },
      { place: "proj_c", given: "-5" },
      { place: "proj_d", given: "weekly" },
      { place: "proj_f", given: "[1, 2]" },
      { place: "proj_h", given: "*seven" },
      { place: "x".repeat(100), given: "9" },
      { place: "", given: "9" },
    ]);
    const json = '{"budgets": {"proj_a": 123456789.1234567890123456789}}';
    expect((await previewed(await stageText(org, json))).budgets).toMatchObject([
      { amount: "123456789.1234567890123456789" },
    ]);
  });

  it("of a project that stands there twice the last one counts, and many are read at once", async () => {
    const twice = await previewed(await stageText(org, "budgets:\n  proj_a: 1\n  proj_a: 2\n"));
    expect(twice.budgets).toMatchObject([{ projectId: "proj_a", amount: "2" }]);
    const many = Array.from({ length: 10_000 }, (_, i) => `  proj_${i}: ${i + 1}\n`);
    expect((await previewed(await stageText(org, `budgets:\n${many.join("")}`))).budgets).toHaveLength(10_000);
  });

  it.each([
    ["nothing but zeros", "budgets:\n  proj_a: 0\n", "no_days", null],
    ["no budget at all", '{"budgets": {}}', "no_days", null],
    ["a list", "budgets:\n  - 1\n", "not_usage", null],
    ["YAML that ends too early", 'budgets:\n  proj_a: "12\n', "broken", "line 3"],
    ["several documents", "budgets:\n  proj_a: 1\n---\nbudgets:\n  proj_b: 2\n", "broken", "line 3"],
    ["brackets upon brackets", `budgets: ${"[".repeat(10_000)}`, "broken", "line 1"],
    ["YAML of a megabyte", `budgets:\n${"  # nothing\n".repeat(100_000)}`, "not_usage", null],
    [
      "more than a hundred values that are none",
      `budgets:\n${Array.from({ length: 101 }, (_, i) => `  proj_${i}: none\n`).join("")}`,
      "bad_row",
      "proj_100",
    ],
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
    expect(await budgets(RESEARCH)).toEqual([{ month: "2026-10-01", amount: "300", spent: "12.77" }]);
    expect(await budgets(DEFAULT)).toEqual([]);
    // Nothing is known of the month after.
    expect(await budgets(RESEARCH, new Date("2026-11-20T12:00:00Z"))).toEqual([
      { month: "2026-11-01", amount: "300", spent: null },
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
