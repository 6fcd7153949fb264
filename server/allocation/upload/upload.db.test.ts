import { beforeAll, describe, expect, it } from "vitest";
import { makeHistory } from "@/server/explore/testing/history";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeMember, makeOrg, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();
let org: TestOrg;

beforeAll(async () => {
  org = await makeOrg();
  await makeHistory(org, database.owner, { from: "2026-09-20", to: "2026-10-11" });
  for (const [name, code] of [
    ["Research", "CC-1"],
    ["Sales", "CC-2"],
  ])
    await callAs(org.owner).allocation.createCostCenter({ org: org.slug, name: name ?? "", code });
});

const file = (...lines: string[]) => ["kind,id,dimension,value,from,share", ...lines].join("\n");
const upload = (text: string, isDryRun = false) =>
  callAs(org.owner).allocation.upload({ org: org.slug, text, isDryRun });
const items = (kind: "project" | "user" = "project") => callAs(org.owner).allocation.items({ org: org.slug, kind });
const changes = async () => {
  const { rows } = await database.owner.query(
    "select action, target_id from audit_events where org_id = $1 and action in ('tag.set', 'allocation.set') order by seq",
    [org.id],
  );
  return rows.map(({ action, target_id: target }) => `${action} ${target}`);
};

const good = file(
  "project,proj_a,team,core,2026-01-01,",
  "project,proj_b,team,web,2026-01-01,",
  "project,proj_b,team,,2026-02-01,",
  "project,proj_b,cost_center,research,2026-01-01,60",
  "project,proj_b,cost_center,CC-2,2026-01-01,40",
  "user,user-1,cost_center,Sales,2026-01-01,",
);

describe("a file of assignments", () => {
  it("is told beforehand, and nothing is done by that", async () => {
    const report = await upload(good, true);
    expect(report).toMatchObject({ isDone: false, rowCount: 6, itemCount: 3, problemCount: 0, problems: [] });
    expect(report.rows[3]).toEqual({
      line: 5,
      kind: "project",
      itemId: "proj_b",
      name: null,
      tagKey: null,
      value: "research",
      from: "2026-01-01",
      share: "60",
    });
    expect(await changes()).toEqual([]);
  });

  it("is done whole, each change on record as one that was made by hand", async () => {
    expect(await upload(good)).toMatchObject({ isDone: true, rowCount: 6 });
    const [first, second] = await items();
    expect(first).toMatchObject({ key: "proj_a", tags: [{ key: "team", value: "core" }], rule: null });
    expect(second).toMatchObject({ key: "proj_b", tags: [], rule: { method: "fixed" } });
    const { tags, rules } = await callAs(org.owner).allocation.item({
      org: org.slug,
      kind: "project",
      itemId: "proj_b",
    });
    expect(tags[0]?.timeline).toEqual([
      { from: "2026-01-01", value: "web" },
      { from: "2026-02-01", value: null },
    ]);
    const [rule] = rules;
    expect(rule?.value?.method === "fixed" && rule.value.shares.map(({ percent }) => percent).toSorted()).toEqual([
      "40",
      "60",
    ]);
    expect((await changes()).toSorted()).toEqual([
      "allocation.set proj_b",
      "allocation.set user-1",
      "tag.set proj_a",
      "tag.set proj_b",
    ]);
  });

  it("is refused whole where a line cannot be meant, with every such line", async () => {
    const before = await changes();
    const report = await upload(
      file(
        "project,proj_a,team,other,2026-01-01,",
        "project,proj_nowhere,team,x,2026-01-01,",
        "project,proj_b,cost_center,Logistics,2026-01-01,",
        "hat,proj_b,team,x,2026-01-01,",
      ),
    );
    expect(report).toMatchObject({ isDone: false, problemCount: 3 });
    expect(report.problems).toEqual([
      { line: 3, code: "unknown_item", text: "proj_nowhere" },
      { line: 4, code: "cost_center", text: "Logistics" },
      { line: 5, code: "kind", text: "hat" },
    ]);
    expect(await changes()).toEqual(before);
  });

  it("is for those who may allocate", async () => {
    const reader = await makeMember(org, "reader");
    const attempt = callAs(reader).allocation.upload({ org: org.slug, text: good, isDryRun: true });
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("of as many lines as fit, each with a value of its own, is done in one transaction's time", async () => {
    const lines = Array.from(
      { length: 2000 },
      (_, i) =>
        `project,proj_${"abc"[i % 3]},tag ${i % 60},value ${i},2026-0${1 + (i % 9)}-${String(1 + (Math.floor(i / 180) % 28)).padStart(2, "0")},`,
    );
    expect(await upload(file(...lines))).toMatchObject({ isDone: true, rowCount: 2000 });
  });
});
