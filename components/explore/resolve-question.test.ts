import { describe, expect, it } from "vitest";
import { resolveRange } from "@/components/usage/resolve-range";
import { granularitiesFor, type QuestionState, resolveQuestion } from "./resolve-question";

const nothing: QuestionState = {
  measure: null,
  group: null,
  by: null,
  zone: null,
  filter: null,
  tag: null,
  compare: null,
  top: null,
  form: null,
  why: null,
};
const range = (from: string | null = null, to: string | null = null) =>
  resolveRange({ range: null, from, to }, "2026-11-21");
const resolve = (state: Partial<QuestionState>, days = range()) => resolveQuestion({ ...nothing, ...state }, days);

describe("the question of an address", () => {
  it("is spend by project and day when the address says nothing", () => {
    expect(resolve({})).toMatchObject({
      query: { measure: "cost", groupBy: ["project"], granularity: "day", filters: [], compare: "none" },
      form: "bar",
    });
  });

  it("keeps what can be told together and drops the rest", () => {
    expect(resolve({ group: ["user", "project"] }).query.groupBy).toEqual(["user"]);
    expect(resolve({ measure: "requests", group: ["line_item", "model"] }).query.groupBy).toEqual(["model"]);
    expect(resolve({ group: [] }).query.groupBy).toEqual([]);
    const filter = [
      { dimension: "batch", op: "in", values: ["true"] },
      { dimension: "project", op: "in", values: ["proj_a"] },
    ] as const;
    const { query } = resolve({ group: ["user"], filter: filter.map((one) => ({ ...one, values: [...one.values] })) });
    expect(query.groupBy).toEqual([]);
    expect(query.filters).toEqual([{ dimension: "project", op: "in", values: ["proj_a"] }]);
  });

  it("steps as chosen while there is room for them", () => {
    expect(resolve({ by: "hour" }).query.granularity).toBe("hour");
    expect(resolve({ by: "hour" }, range("2026-01-01", "2026-11-01")).query.granularity).toBe("week");
    expect(granularitiesFor({ from: "2022-01-01", to: "2026-11-01" })).toEqual(["week", "month", "quarter"]);
  });

  it("names at least one group and not more than can be asked for", () => {
    expect(resolve({ top: 0 }).query.top).toBe(1);
    expect(resolve({ top: 1e6 }).query.top).toBe(100);
  });
});
