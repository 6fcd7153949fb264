import { describe, expect, it } from "vitest";
import { planUpload } from "@/server/allocation/upload/plan-upload";
import { readUpload } from "@/server/allocation/upload/read-upload";

const HEADER = "kind,id,dimension,value,from,share";
const file = (...lines: string[]) => [HEADER, ...lines].join("\n");
const plan = (...lines: string[]) => planUpload(readUpload(file(...lines)).rows, findCenter);
const findCenter = (name: string) => (["Research", "Sales", "CC-7"].includes(name) ? `id of ${name}` : null);

describe("a file", () => {
  it("is read by its header, in any order, with commas, semicolons or tabs, quotes and a byte order mark", () => {
    const row = { item: { kind: "project", itemId: "proj_a" }, tagKey: "team", value: "a; b, c", from: "2026-10-01" };
    for (const [delimiter, start] of [
      [",", ""],
      [";", "\uFEFF"],
      ["\t", ""],
    ])
      expect(
        readUpload(
          `${start}${["From", "kind", "ID", "value", "dimension"].join(delimiter)}\r\n` +
            `${["2026-10-01", "project", "proj_a", '"a; b, c"', "team"].join(delimiter)}\r\n`,
        ),
      ).toEqual({ rows: [{ line: 2, share: "100", ...row }], problems: [] });
  });

  it.each([
    ["", "header", "kind, id, dimension, value, from"],
    ["kind,id,value,from\n", "header", "dimension"],
    [`${HEADER}\n"project,proj_a`, "broken", undefined],
    [file(...Array.from({ length: 2001 }, () => "project,a,t,v,2026-10-01,")), "too_many", "2001"],
  ])("%j cannot be read: %s", (text, code, about) => {
    const { rows, problems } = readUpload(text);
    expect(rows).toEqual([]);
    expect(problems).toEqual([expect.objectContaining({ code, ...(about !== undefined && { text: about }) })]);
  });

  it.each([
    ["team,proj_a,t,v,2026-10-01,", "kind", "team"],
    ["project,,t,v,2026-10-01,", "id", ""],
    ["project,a,=t,v,2026-10-01,", "dimension", "=t"],
    [`project,a,t,${"v".repeat(201)},2026-10-01,`, "value", "v".repeat(201)],
    ["project,a,t,v,2026-02-30,", "from", "2026-02-30"],
    ["project,a,t,v,2019-01-01,", "from", "2019-01-01"],
    ["project,a,t,v,2026-10-01,50", "share", "50"],
    ["project,a,cost_center,Sales,2026-10-01,0", "share", "0"],
    ["project,a,cost_center,Sales,2026-10-01,100.5", "share", "100.5"],
    ["project,a,t,v", "columns", "4"],
  ])("has a line that cannot be meant, told by its number: %s", (line, code, text) => {
    expect(readUpload(file("project,a,t,v,2026-10-01,", "", line)).problems).toEqual([{ line: 4, code, text }]);
  });
});

describe("what lines come to", () => {
  const item = (kind: string, itemId: string) => ({ kind, itemId });

  it("are changes of each tag for good, earlier days first", () => {
    const { tags, rules, problems } = plan(
      "project,b,team,core,2026-11-01,",
      "project,a,team,core,2026-10-01,",
      "key,b,env,prod,2026-10-01,",
      "project,b,team,,2026-10-01,",
    );
    expect({ rules, problems }).toEqual({ rules: [], problems: [] });
    const change = (value: string | null, from: string) => ({ value, from, to: null });
    expect([...tags]).toEqual([
      [
        "team",
        [
          { key: "team", item: item("project", "a"), ...change("core", "2026-10-01") },
          { key: "team", item: item("project", "b"), ...change(null, "2026-10-01") },
          { key: "team", item: item("project", "b"), ...change("core", "2026-11-01") },
        ],
      ],
      ["env", [{ key: "env", item: item("api_key", "b"), ...change("prod", "2026-10-01") }]],
    ]);
  });

  it("are rules of all shares of an item and a day", () => {
    const { tags, rules, problems } = plan(
      "user,u,cost_center,Research,2026-10-01,60",
      "project,a,cost_center,CC-7,2026-09-01,",
      "user,u,cost_center,CC-7,2026-10-01,39.5",
      "project,b,cost_center,,2026-10-01,",
    );
    expect({ tags: tags.size, problems }).toEqual({ tags: 0, problems: [] });
    const fixed = (...shares: [string, string][]) => ({
      method: "fixed",
      shares: shares.map(([name, percent]) => ({ costCenterId: `id of ${name}`, percent })),
    });
    expect(rules).toEqual([
      { item: item("project", "a"), value: fixed(["CC-7", "100"]), from: "2026-09-01", to: null },
      { item: item("user", "u"), value: fixed(["Research", "60"], ["CC-7", "39.5"]), from: "2026-10-01", to: null },
      { item: item("project", "b"), value: null, from: "2026-10-01", to: null },
    ]);
  });

  it.each([
    [["project,a,t,v,2026-10-01,", "project,a,t,w,2026-10-01,"], 3, "twice", "2"],
    [["user,u,cost_center,Nowhere,2026-10-01,"], 2, "cost_center", "Nowhere"],
    [["user,u,cost_center,Sales,2026-10-01,60", "user,u,cost_center,Sales,2026-10-01,40"], 3, "twice", "2"],
    [["user,u,cost_center,Sales,2026-10-01,", "user,u,cost_center,,2026-10-01,"], 3, "twice", "2"],
    [["user,u,cost_center,Sales,2026-10-01,60", "user,u,cost_center,CC-7,2026-10-01,40.1"], 3, "over", "100.1"],
  ])("is refused where lines contradict each other: %j", (lines, line, code, text) => {
    expect(plan(...lines).problems).toEqual([{ line, code, text }]);
  });
});
