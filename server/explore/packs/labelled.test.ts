import { expect, it } from "vitest";
import type { Label } from "@/server/allocation/resolve";
import { seriesLabeller } from "@/server/explore/packs/labelled";
import type { Labels } from "@/server/explore/read-labels";

const always = { from: "2026-01-01", to: "2027-01-01" } as const;
const label = (kind: Label["kind"], itemId: string, key: string, more: Partial<Label> = {}): Label => ({
  ...always,
  kind,
  itemId,
  key,
  share: "1",
  ...more,
});

const series = {
  ids: [1, 2, 3],
  columns: new Map([
    ["api_key", ["key_a", "key_b", ""]],
    ["user", ["", "user_b", "user_b"]],
    ["project", ["proj_a", "proj_a", "proj_b"]],
    ["model", ["m", "n", "m"]],
  ] as const),
};

it("what is said of a key counts more than what is said of a person, and that more than what of a project", () => {
  const tags = [label("project", "proj_a", "P"), label("user", "user_b", "U"), label("api_key", "key_a", "K")];
  const of = seriesLabeller(series, { groupBy: ["tag", "model"], labels: new Map([["tag", tags]]) });
  expect(of("2026-05-01")).toEqual({
    ids: [1, 2, 3],
    keys: [
      ["K", "U", "U"],
      ["m", "n", "m"],
    ],
    shares: null,
  });
});

it("a label holds from its first day to the one before its last", () => {
  const tags = [
    label("project", "proj_a", "before", { to: "2026-05-02" }),
    label("project", "proj_a", "after", { from: "2026-05-02", to: "2026-05-04" }),
  ];
  const of = seriesLabeller(series, { groupBy: ["tag"], labels: new Map([["tag", tags]]) });
  const on = (day: string) => of(day).keys[0];
  expect(["2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04", "2026-05-01"].map(on)).toEqual([
    ["before", "before", ""],
    ["after", "after", ""],
    ["after", "after", ""],
    ["", "", ""],
    ["before", "before", ""],
  ]);
});

it("what cost centers share is there once for each, beside each of its tags", () => {
  const labels: Labels = new Map([
    [
      "cost_center",
      [label("project", "proj_a", "x", { share: "0.25" }), label("project", "proj_a", "y", { share: "0.75" })],
    ],
    ["tag", [label("api_key", "key_b", "T")]],
  ]);
  const of = seriesLabeller(series, { groupBy: ["tag", "cost_center"], labels });
  expect(of("2026-05-01")).toEqual({
    ids: [1, 1, 2, 2, 3],
    keys: [
      ["", "", "T", "T", ""],
      ["x", "y", "x", "y", ""],
    ],
    shares: ["0.25", "0.75", "0.25", "0.75", "1"],
  });
});
