import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { explore } from "@/server/explore/explore";
import { ExploreQuery } from "@/server/explore/schema";
import { commitImport } from "@/server/imports/commit-import";
import type { RefusalCode } from "@/server/imports/constants";
import { listImports } from "@/server/imports/list-imports";
import { previewImport } from "@/server/imports/preview-import";
import { createDraft, stageFile } from "@/server/imports/stage-file";
import {
  BY_PROJECT,
  BY_USER,
  exportOf,
  importSamples,
  samplePath,
  stageSamples,
  stageText,
} from "@/server/imports/testing/support";
import { tidyImports } from "@/server/imports/tidy";
import { discardDraft, undoImport } from "@/server/imports/undo-import";
import { addDays } from "@/server/lib/time";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { getBreakdown } from "@/server/usage/breakdown";
import { reportCosts, reportUsage } from "@/server/usage/facts-report";
import type { CostGroup } from "@/server/usage/facts-report-groups";
import { rebuildRollups } from "@/server/usage/rebuild-rollups";

const database = useTestDatabase();
const expected = JSON.parse(readFileSync(samplePath("EXPECTED.json"), "utf8"));
const range = { from: "2026-09-01", to: "2026-10-07" };
let org: TestOrg;

beforeEach(async () => {
  org = await makeOrg();
});

async function costsBy(group: CostGroup, label: string = group): Promise<Record<string, number>> {
  const { rows } = await org.access.inScope((scope) => reportCosts(scope, { range, groupBy: [group] }));
  return Object.fromEntries(rows.map((row) => [String(row[label] ?? "(unattributed)"), Number(row.amount)]));
}

async function total(): Promise<string | null> {
  const { rows } = await org.access.inScope((scope) => reportCosts(scope, { range, groupBy: [] }));
  return rows[0]?.amount as string | null;
}

/** As the screens show it, from the roll-ups. */
async function shownBy(dimension: "project" | "user" | "model"): Promise<Record<string, number>> {
  const { rows } = await org.access.inScope((scope) => getBreakdown(scope, { dimension, range }));
  return Object.fromEntries(
    rows
      .filter(({ amount }) => amount !== null)
      .map((row) => [row.name ?? row.key ?? "(unattributed)", Number(row.amount)]),
  );
}

async function exploredByModel(): Promise<Record<string, number>> {
  const query = ExploreQuery.parse({ measure: "cost", granularity: "month", range, groupBy: ["model"] });
  const { groups } = await org.access.inScope((scope) => explore(scope, query), { isSnapshot: true });
  return Object.fromEntries(groups.map(({ labels, total: sum }) => [String(labels[0]?.key), Number(sum)]));
}

const { "2026-10-03": _idle, ...spentByDay } = expected.by_day;

describe("the export by user and the export by project of the same money", () => {
  it("count once, and tell projects, people, models and days", async () => {
    await importSamples(org, BY_USER, BY_PROJECT, "userinfo__map.json");
    expect(Number(await total())).toBe(expected.total_usd);
    expect(await costsBy("user", "user_name")).toEqual(expected.by_user);
    expect(await costsBy("project", "project_name")).toEqual(expected.by_project);
    expect(await costsBy("model")).toEqual(expected.by_model_line_item_suffix_merged);
    expect(await costsBy("day")).toEqual(spentByDay);
    expect(await shownBy("user")).toEqual(expected.by_user);
    expect(await shownBy("project")).toEqual(expected.by_project);
    expect(await shownBy("model")).toEqual(expected.by_model_line_item_suffix_merged);
    expect(await exploredByModel()).toMatchObject(expected.by_model_line_item_suffix_merged);
  });

  it("count once, too, when they are imported one after the other, in either order", async () => {
    for (const [first, second] of [
      [BY_USER, BY_PROJECT],
      [BY_PROJECT, BY_USER],
    ] as const) {
      org = await makeOrg();
      await importSamples(org, first);
      await importSamples(org, second);
      expect(Number(await total())).toBe(expected.total_usd);
      expect(await costsBy("model")).toEqual(expected.by_model_line_item_suffix_merged);
    }
  });

  it("say the same in the preview, with the day that cost nothing", async () => {
    const importId = await stageSamples(org, BY_USER, BY_PROJECT, "userinfo__simple-array.json");
    const preview = await previewImport(org.access, { importId });
    const named = (rows: { name: string | null; amount: string }[]) =>
      Object.fromEntries(rows.map(({ name, amount }) => [name ?? "(unattributed)", Number(amount)]));
    expect(preview).toMatchObject({
      total: "15",
      days: { first: "2026-10-01", last: "2026-10-05", count: 5, missing: [], shared: 0 },
    });
    expect(named(preview.byUser)).toEqual(expected.by_user);
    expect(named(preview.byProject)).toEqual(expected.by_project);
    expect(named(preview.byModel)).toEqual(expected.by_model_line_item_suffix_merged);
    expect(Object.fromEntries(preview.byDay.map(({ day, amount }) => [day, Number(amount)]))).toEqual(expected.by_day);
    expect(await total(), "nothing counts before it is committed").toBeNull();
  });

  it("hold exact roll-ups: rebuilding changes none", async () => {
    await importSamples(org, BY_USER, BY_PROJECT);
    const rebuilt = await rebuildRollups(org.access);
    expect(rebuilt.length).toBeGreaterThan(0);
    expect(rebuilt.every(({ rowsDiffering }) => rowsDiffering === 0)).toBe(true);
  });
});

it("the preview says of how many days several files hold the same list", async () => {
  const importId = await stageSamples(org, BY_USER, "openai-export-by-user__string-amounts.json", BY_PROJECT);
  const { days, total: all } = await previewImport(org.access, { importId });
  expect({ days, all }).toMatchObject({ days: { count: 5, shared: 5 }, all: "15" });
});

describe("one of them alone", () => {
  it("by user: a day's total is what the people add up to, of no project", async () => {
    await importSamples(org, BY_USER);
    expect(Number(await total())).toBe(expected.total_usd);
    expect(await shownBy("project")).toEqual({ "(unattributed)": 15 });
    expect(await shownBy("model")).toEqual(expected.by_model_line_item_suffix_merged);
  });

  it("by project: all of it is of no person and no model", async () => {
    await importSamples(org, BY_PROJECT);
    expect(await shownBy("project")).toEqual(expected.by_project);
    expect(await shownBy("user")).toEqual({ "(unattributed)": 15 });
    expect(await shownBy("model")).toEqual({ "(unattributed)": 15 });
  });

  it("amounts as texts are the same numbers", async () => {
    await importSamples(org, "openai-export-by-user__string-amounts.json", "userinfo__openai-api-array.json");
    expect(await costsBy("user", "user_name")).toEqual(expected.by_user);
    expect(await total()).toBe("15");
  });
});

describe("every other format", () => {
  it.each([
    ["api_costs_response__group_by_project.json"],
    ["openai-dashboard-cost-export__2026-columns.csv"],
    ["openai_project_usage.csv"],
  ])("%s: the figures of the export by project", async (name) => {
    await importSamples(org, name, "api_projects_response.json");
    expect(await costsBy("project", "project_name")).toEqual(expected.by_project);
    expect(await costsBy("day")).toEqual(spentByDay);
  });

  it.each([
    ["legacy-by-user__result-model-cost.json", "0.0066", { "gpt-4": 0.006, "gpt-3.5-turbo": 0.0006 }],
    ["oldest-sample-by-user__cost_usd-strings.json", "0.08", { "gpt-4o-mini": 0.08 }],
    ["readme-format-by-project__line_item-cost-usage.json", "0.0006", { "gpt-4o-mini": 0.0006 }],
  ])("%s: %s", async (name, amount, models) => {
    await importSamples(org, name);
    expect(await total()).toBe(amount);
    expect(await costsBy("model")).toEqual(models);
  });

  it("an export of scattered days covers those and none in between", async () => {
    await importSamples(org, "openai-export-by-project__two-months.json");
    const report = await org.access.inScope((scope) => reportCosts(scope, { range, groupBy: ["day"] }));
    expect(report.rows).toEqual([
      { day: "2026-09-01", amount: "11" },
      { day: "2026-09-30", amount: "5" },
      { day: "2026-10-01", amount: "7" },
    ]);
    expect(report.missing).toEqual([
      { from: "2026-09-02", to: "2026-09-30" },
      { from: "2026-10-02", to: "2026-10-07" },
    ]);
  });

  it("a cache with a hole: the day is unknown, not zero", async () => {
    await importSamples(org, "openai_project_usage__gap-oct3.csv");
    const { missing } = await org.access.inScope((scope) => reportCosts(scope, { range, groupBy: [] }));
    expect(missing).toEqual([
      { from: "2026-09-01", to: "2026-10-01" },
      { from: "2026-10-03", to: "2026-10-04" },
      { from: "2026-10-06", to: "2026-10-07" },
    ]);
  });

  const requests = async () => {
    const input = { endpoint: "completions", range, groupBy: ["day"] } as const;
    const { rows } = await org.access.inScope((scope) => reportUsage(scope, input));
    return rows.map(({ day, num_model_requests, input_tokens, output_tokens }) => [
      day,
      num_model_requests,
      input_tokens,
      output_tokens,
    ]);
  };

  it.each([
    ["api_usage_completions_response.json", [["2026-10-01", 5n, 1000n, 500n]]],
    ["openai_usage_2026-10-01_2026-10-03__usage-dashboard.csv", [["2026-10-01", 5n, 1000n, 500n]]],
    [
      "openai_usage_by_api_key.csv",
      [
        ["2026-10-01", 4n, 120n, 80n],
        ["2026-10-02", 8n, 240n, 160n],
      ],
    ],
    ["legacy-by-user__result-model-cost.json", [["2026-10-01", 4n, 300n, 150n]]],
  ])("%s: requests and tokens", async (name, rows) => {
    await importSamples(org, name);
    expect(await requests()).toEqual(rows);
  });

  it("a page of several says so", async () => {
    const importId = await stageSamples(org, "api_usage_completions_response.json");
    expect((await previewImport(org.access, { importId })).files[0]).toMatchObject({ hasMore: true, rows: 1 });
  });
});

describe("names", () => {
  it("come from files only where the provider's own list has none", async () => {
    const connectionId = await makeConnection(org);
    await database.owner.query(
      "insert into directory_items (org_id, connection_id, kind, id, name, data) values ($1, $2, 'project', 'proj_ResearchAAAAAAAAAAAAAAAA', 'Research lab', '{}')",
      [org.id, connectionId],
    );
    await importSamples(org, BY_PROJECT, "openai_api_key_names.csv");
    expect(Object.keys(await costsBy("project", "project_name"))).toEqual([
      "Chatbot, prod",
      "Research lab",
      "(unattributed)",
    ]);
  });

  it("of files that nobody committed show nowhere", async () => {
    await importSamples(org, BY_USER);
    await stageSamples(org, "userinfo__map.json");
    expect(Object.keys(await costsBy("user", "user_name"))).not.toContain("Alice Kim");
  });
});

describe("what is refused", () => {
  const refusals: Record<string, RefusalCode> = {
    "model_costs.jsonl": "holds_prices",
    "not-a-usage-file.json": "not_usage",
    "openai_project_usage_6m__cbs-table-download.csv": "holds_sums",
    "usage_data_2026-10-06__tracker-export.csv": "holds_sums",
    "proxy_examples__openai_manager.json": "holds_recordings",
    "rate_limit_template_default.json": "holds_rate_limits",
    "rate_limits__openai-api-page.json": "holds_rate_limits",
    "rate_limits__tracker-cache-all-projects.json": "holds_rate_limits",
    "roles.yaml": "holds_roles",
    "roles__invalid-missing-permissions-and-duplicate.yaml": "holds_roles",
    "roles__invalid-toplevel-list.yaml": "holds_roles",
    "roles__syntax-error.yaml": "holds_roles",
    "EXPECTED.json": "not_usage",
  };

  it.each(Object.entries(refusals))("%s: %s", async (name, refusal) => {
    await expect(stageSamples(org, name)).rejects.toMatchObject({ refusal });
  });

  it("no sample but those", async () => {
    const others = readdirSync(samplePath(".")).filter((name) => !(name in refusals));
    for (const name of others) await stageSamples(org, name);
    expect(others.length).toBeGreaterThan(15);
  });

  const bucket = (results: string, times = '"start_time": 1790812800, "end_time": 1790899200') =>
    `{"data": [{${times}, "results": []}, {${times}, "results": ${results}}]}`;

  it.each([
    [
      "an amount that is no number",
      bucket('[{"amount": {"value": "a lot"}}]'),
      "data[1].results[0]",
      "amount.value is not a number",
    ],
    ["no amount", bucket('[{"cost": 1}, {"user_id": "u"}]'), "data[1].results[1]", "it has no amount"],
    ["no object", bucket("[7]"), "data[1].results[0]", "it is not an object"],
    [
      "a week",
      bucket('[{"cost": 1}]', '"start_time": 1790812800, "end_time": 1791417600'),
      "data[0]",
      "it is not one UTC day",
    ],
    ["no time", '{"data": [{"results": []}]}', "data[0]", "it has no start_time and end_time"],
    [
      "a row that is short",
      "project_id,day,cost_usd\na,2026-10-01,1\nb,2026-10-01\n",
      "line 3",
      "it has 2 fields, the header has 3",
    ],
    [
      "no such day",
      'cost_usd,day,project_id\n1,2026-02-30,"a\nb"\n',
      "line 3",
      "its day is not a calendar day such as 2026-10-01",
    ],
    ["no cost", "project_id,day,cost_usd\na,2026-10-01,\n", "line 2", "it has no amount"],
  ])("%s, with its place, and nothing is kept", async (_, content, place, what) => {
    const { importId } = await createDraft(org.access);
    await expect(stageText(org, content, importId)).rejects.toMatchObject({ refusal: "bad_row", place, what });
    const { rows } = await database.owner.query(
      `select (select count(*) from connections where org_id = $1)::int as connections,
         (select count(*) from held_cost_facts where org_id = $1)::int as facts`,
      [org.id],
    );
    expect(rows).toEqual([{ connections: 0, facts: 0 }]);
    expect((await previewImport(org.access, { importId })).files).toEqual([]);
  });

  it.each([
    [
      "JSON that ends too early",
      '{"data": [{"start_time": 1790812800, "end_time": 1790899200, "results": []}',
      "broken",
    ],
    ["JSON that is none", '{"data": nothing', "broken"],
    ["a quote that does not end", 'project_id,day,cost_usd\n"a,2026-10-01,1\n', "broken"],
    ["an empty file", "", "no_days"],
    ["an export without a row", "start_time,end_time,start_time_iso,end_time_iso\n", "no_days"],
    ["bytes", new Uint8Array([0x50, 0x41, 0x52, 0x31, 0, 0, 1]), "not_usage"],
  ])("%s", async (_, content, refusal) => {
    await expect(stageText(org, content)).rejects.toMatchObject({ refusal });
  });

  it("the same file, here and once it was imported, until that is undone", async () => {
    const first = await stageSamples(org, BY_USER);
    const again = () => stageFile(org.access, { importId: first, path: samplePath(BY_USER), name: "again.json" });
    await expect(again()).rejects.toMatchObject({ refusal: "same_file_here", what: BY_USER });
    await commitImport(org.access, { importId: first });
    await expect(stageSamples(org, BY_USER)).rejects.toMatchObject({ refusal: "same_file_before" });
    await undoImport(org.access, first);
    await importSamples(org, BY_USER);
    expect(await total()).toBe("15");
  });

  it("files of two OpenAI organizations in one import", async () => {
    const importId = await stageSamples(org, BY_PROJECT);
    const other = readFileSync(samplePath(BY_PROJECT), "utf8").replaceAll("org-ExampleOrgXXXXXXXXXXXXX", "org-Other");
    await expect(stageText(org, other, importId)).rejects.toMatchObject({ refusal: "several_organizations" });
  });
});

describe("spreadsheets", () => {
  it("may have columns in any order, a byte order mark, quoted commas and line ends", async () => {
    const rows = [
      "project_name,PROJECT_ID,amount_value,amount_currency,line_item,end_time,start_time,organization_id",
      '"Chat, ""prod""\nEU",proj_x,0.10000000000000000000000000000000000001,usd,"gpt-4o, input",1790899200.0,1790812800,',
    ];
    await stageText(org, `\uFEFF${rows.join("\r\n")}\r\n`).then((importId) => commitImport(org.access, { importId }));
    expect(await total()).toBe("0.10000000000000000000000000000000000001");
    expect(await costsBy("project", "project_name")).toHaveProperty('Chat, "prod"\nEU');
    expect(await costsBy("model")).toEqual({ "gpt-4o": 0.1 });
  });
});

describe("what an import is of", () => {
  it("the only connection, where files do not say; with several somebody has to choose", async () => {
    const connectionId = await makeConnection(org);
    await importSamples(org, BY_USER);
    expect((await listImports(org.access))[0]).toMatchObject({ openaiOrgId: `org-${connectionId}`, countedDays: 5 });
    await makeConnection(org);
    const importId = await stageText(org, exportOf([["2026-09-01", "1"]]));
    await expect(commitImport(org.access, { importId })).rejects.toMatchObject({ reason: "import_choose_connection" });
    expect((await previewImport(org.access, { importId })).organization).toMatchObject({
      openaiOrgId: null,
      isNamed: false,
    });
    await commitImport(org.access, { importId, connectionId });
    expect(await total()).toBe("16");
  });

  it("not of a connection that the files contradict, nor of another org's", async () => {
    const connectionId = await makeConnection(org);
    const importId = await stageSamples(org, BY_PROJECT);
    await expect(commitImport(org.access, { importId, connectionId })).rejects.toMatchObject({
      refusal: "other_organization",
    });
    const stranger = await makeConnection(await makeOrg());
    await expect(commitImport(org.access, { importId, connectionId: stranger })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await total()).toBeNull();
  });
});

describe("a day that is not over", () => {
  it("is left out, and said", async () => {
    const { importId } = await createDraft(org.access);
    const now = new Date("2026-10-05T12:00:00Z");
    const staged = await stageFile(org.access, { importId, path: samplePath(BY_PROJECT), name: BY_PROJECT }, now);
    expect(staged).toMatchObject({ openDays: ["2026-10-05"], amount: "14.16" });
    expect(staged.days.at(-1)).toBe("2026-10-04");
  });
});

describe("drafts", () => {
  it("leave nothing behind when they are discarded, or forgotten for a day", async () => {
    const discarded = await stageSamples(org, BY_USER, "openai_usage_by_api_key.csv");
    await stageSamples(org, BY_PROJECT);
    const leftovers = async () => {
      const counts = [
        "imports",
        "import_files",
        "connections",
        "series",
        "held_cost_facts",
        "held_usage_facts",
        "directory_items",
      ];
      const { rows } = await database.owner.query(
        `select ${counts.map((table) => `(select count(*)::int from ${table} where org_id = $1) as ${table}`).join(", ")}`,
        [org.id],
      );
      return Object.values(rows[0]).reduce((sum: number, count) => sum + Number(count), 0);
    };
    const all = await leftovers();
    await discardDraft(org.access, { importId: discarded });
    expect(await leftovers()).toBeLessThan(all);
    await tidyImports();
    expect(await leftovers()).toBeGreaterThan(0);
    await tidyImports(addDays(new Date(), 2));
    expect(await leftovers()).toBe(0);
  });
});
