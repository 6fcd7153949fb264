import { expect, it } from "vitest";
import { type ExportSection, exploreSections, exportPath, spendSections } from "@/components/exports/export-path";
import { ExploreQuery } from "@/server/explore/schema";
import { ExportInput } from "@/server/exports/schema";

const range = { from: "2026-10-01", to: "2026-10-08" };

/** Every entry of a section, as the server understands it. */
const asked = ({ asks, choices }: ExportSection) =>
  choices.map((choice) => {
    const path = exportPath("acme", range, { ...asks, ...choice.asks });
    return {
      name: choice.name,
      ...ExportInput.parse(Object.fromEntries(new URL(path, "http://localhost").searchParams)),
    };
  });

it("the table of a page asks for its groups", () => {
  const [table, facts] = spendSections("day,project").map(asked);
  for (const { source } of table ?? []) expect(source).toEqual({ kind: "costs", groupBy: ["day", "project"] });
  expect(table?.filter(({ isManifest }) => isManifest).map(({ name }) => name)).toEqual(["manifest"]);
  for (const { source } of facts ?? []) expect(source).toEqual({ kind: "facts", stream: "costs.project" });
});

it("an answer of the Explore page is asked for as it is shown", () => {
  const query = ExploreQuery.parse({
    measure: "input_tokens",
    groupBy: ["project", "model"],
    granularity: "week",
    range,
    zone: "org",
    filters: [
      { dimension: "project", op: "in", values: ["proj_a", null, "a;b,c"] },
      { dimension: "user", op: "search", text: "anna & co" },
    ],
    compare: "previous_year",
    top: 3,
  });
  const [steps, groups] = exploreSections(query).map(asked);
  for (const { source } of steps ?? []) expect(source).toEqual({ kind: "explore", query, rows: "steps" });
  for (const { source } of groups ?? []) expect(source).toEqual({ kind: "explore", query, rows: "groups" });
});

it("a view without groups is one, too", () => {
  const query = ExploreQuery.parse({ measure: "cost", granularity: "day", range });
  const [steps] = exploreSections(query).map(asked);
  expect(steps?.[0]?.source).toEqual({ kind: "explore", query, rows: "steps" });
});
