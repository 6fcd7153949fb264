import { describe, expect, it } from "vitest";
import type { Bucket } from "@/server/openai/pages";
import { type CostRow, readCostRow, readUsageRow, type UsageRow } from "@/server/openai/rows";
import { measureColumns } from "@/server/usage/measures";
import { modelOfLineItem, normaliseCosts, normaliseUsage } from "@/server/usage/normalise";

const day = (results: CostRow[]): Bucket<CostRow> => ({
  startTime: 1_790_812_800,
  endTime: 1_790_899_200,
  results,
  skipped: [],
});
const hour = (results: UsageRow[]): Bucket<UsageRow> => ({
  startTime: 1_790_812_800,
  endTime: 1_790_816_400,
  results,
  skipped: [],
});
const cost = (value: string | number, fields = {}) =>
  readCostRow({ object: "organization.costs.result", amount: { value, currency: "usd" }, ...fields });

describe("the model of a line item", () => {
  it.each([
    ["gpt-6-astra, input_tokens", "gpt-6-astra"],
    ["gpt-4o-2024-08-06, input", "gpt-4o-2024-08-06"],
    ["ft:gpt-4o, personal, training", "ft:gpt-4o, personal"],
    ["Image models", null],
    [", input", null],
    ["", null],
    [null, null],
  ])("of %j is %j", (lineItem, model) => expect(modelOfLineItem(lineItem)).toBe(model));
});

describe("costs", () => {
  it("keep every digit, negative amounts too", () => {
    const { rows } = normaliseCosts(
      day([cost("0.001589850000000000000000000001", { project_id: "a" }), cost("-2.5", { project_id: "b" })]),
    );
    expect(rows.map((row) => row.amount)).toEqual(["0.001589850000000000000000000001", "-2.5"]);
  });

  it("that differ in nothing we keep are added up, not overwritten", () => {
    const { rows, series } = normaliseCosts(
      day([cost("0.1", { project_id: "a" }), cost("0.2", { project_id: "a", project_name: "A" })]),
    );
    expect(rows).toMatchObject([{ amount: "0.3" }]);
    expect(series.list).toHaveLength(1);
  });

  it("of the next bucket join the same facts, as rows of their own", () => {
    const facts = normaliseCosts(day([cost("0.1", { project_id: "a" })]));
    const tomorrow = { ...day([cost("0.2", { project_id: "a" })]), startTime: 1_790_899_200 };
    expect(normaliseCosts(tomorrow, facts).rows).toMatchObject([{ amount: "0.1" }, { amount: "0.2" }]);
    expect(facts.series.list).toHaveLength(1);
  });

  it("in other currencies are other series", () => {
    const { series } = normaliseCosts(day([cost("1"), readCostRow({ amount: { value: "1", currency: "EUR" } })]));
    expect(series.list.map(({ currency }) => currency)).toEqual(["usd", "eur"]);
  });

  it("keep null apart from a name, and strip what PostgreSQL cannot hold", () => {
    const { series } = normaliseCosts(day([cost("1", { project_id: null }), cost("1", { project_id: "a\u0000b" })]));
    expect(series.list.map(({ projectId }) => projectId)).toEqual([null, "ab"]);
  });
});

describe("usage", () => {
  const read = (fields: object) =>
    readUsageRow("completions", { object: "organization.usage.completions.result", ...fields });
  const column = (name: (typeof measureColumns)[number]) => measureColumns.indexOf(name);

  it("keeps a measure that was not given apart from one that is zero", () => {
    const { rows } = normaliseUsage(
      "completions",
      hour([read({ input_tokens: 5, output_tokens: 0, num_model_requests: 1 })]),
    );
    expect(rows[0]?.measures[column("output_tokens")]).toBe(0);
    expect(rows[0]?.measures[column("input_audio_tokens")]).toBeNull();
  });

  it("without any measure makes no row", () => {
    expect(normaliseUsage("completions", hour([read({ model: "x" })])).rows).toEqual([]);
  });

  it("keeps numbers it does not know by their name", () => {
    const { rows } = normaliseUsage("completions", hour([read({ input_tokens: 1, brand_new_tokens: 7 })]));
    expect(rows[0]?.more).toEqual({ brand_new_tokens: 7 });
  });

  it("of the same series and hour is added up", () => {
    const { rows } = normaliseUsage(
      "completions",
      hour([read({ input_tokens: 5, model: "m" }), read({ input_tokens: 6, model: "m" })]),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.measures[column("input_tokens")]).toBe(11);
  });

  it("tells batch from interactive and from unknown", () => {
    const { series } = normaliseUsage(
      "completions",
      hour([
        read({ input_tokens: 1, batch: true }),
        read({ input_tokens: 1, batch: false }),
        read({ input_tokens: 1, batch: null }),
      ]),
    );
    expect(series.list.map(({ batch }) => batch)).toEqual([true, false, null]);
  });

  it("keeps an endpoint's own unit and its rarer dimensions", () => {
    const row = readUsageRow("images", {
      images: 3,
      num_model_requests: 1,
      size: "1024x1024",
      source: "image.edit",
      model: "m",
    });
    const { rows, series } = normaliseUsage("images", hour([row]));
    expect(rows[0]?.quantity).toBe(3);
    expect(series.list[0]?.more).toEqual([
      ["size", "1024x1024"],
      ["source", "image.edit"],
    ]);
  });
});
