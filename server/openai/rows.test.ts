import { describe, expect, it } from "vitest";
import { MalformedRow, readCostRow, readUsageRow } from "./rows";
import { type UsageEndpoint, usageStream, usageStreams } from "./streams";

const cost = (value: unknown, more: object = {}) => ({
  object: "organization.costs.result",
  amount: { value, currency: "USD" },
  ...more,
});

describe("a usage row", () => {
  it.each(Object.keys(usageStreams) as UsageEndpoint[])("of %s tells what was not said from zero", (endpoint) => {
    const { measures, groupings } = usageStream(endpoint);
    const [first = "num_requests"] = measures;
    const row = readUsageRow(endpoint, { object: "x", [first]: 0 });
    expect(Object.keys(row.measures)).toEqual([...measures]);
    expect(row.measures[first]).toBe(0);
    expect(Object.values(row.measures).filter((value) => value === null)).toHaveLength(measures.length - 1);
    expect(row.dimensions).toEqual(Object.fromEntries((groupings[0] ?? []).map((name) => [name, null])));
    expect(row.extra).toBeNull();
  });

  it("keeps fields nobody knew of, and drops those without a value", () => {
    const row = readUsageRow("embeddings", {
      input_tokens: 5,
      new_measure: 7,
      new_dimension: "x",
      gone: null,
      model: "m",
    });
    expect(row).toMatchObject({ measures: { input_tokens: 5 }, dimensions: { model: "m" } });
    expect(row.extra).toEqual({ new_measure: 7, new_dimension: "x" });
  });

  it("reads batch as true, false or unknown", () => {
    expect(readUsageRow("completions", { batch: true }).dimensions.batch).toBe(true);
    expect(readUsageRow("completions", { batch: "false" }).dimensions.batch).toBe(false);
    expect(readUsageRow("completions", {}).dimensions.batch).toBeNull();
  });

  it.each([
    [null],
    ["row"],
    [[]],
    [{ input_tokens: "many" }],
    [{ input_tokens: 1.5 }],
    [{ input_tokens: 2 ** 60 }],
    [{ model: 4 }],
    [{ batch: 1 }],
  ])("is malformed as %j", (row) => expect(() => readUsageRow("completions", row)).toThrow(MalformedRow));
});

describe("a cost row", () => {
  it.each([
    ["0.001589850000000000000000000000", "0.00158985"],
    [0.06, "0.06"],
    ["-12.5", "-12.5"],
    ["1E-7", "0.0000001"],
  ])("with the amount %s is read as %s", (value, amount) =>
    expect(readCostRow(cost(value))).toMatchObject({ amount, currency: "usd" }),
  );

  it("carries dimensions and quantity", () => {
    const row = readCostRow(
      cost("1", {
        project_id: "p",
        line_item: "m, input",
        quantity: 1.5,
        quantity_unit: "1000_tokens",
      }),
    );
    expect(row).toEqual({
      dimensions: { project_id: "p", user_id: null, api_key_id: null, line_item: "m, input", api_source: null },
      amount: "1",
      currency: "usd",
      quantity: "1.5",
      quantityUnit: "1000_tokens",
    });
  });

  it.each([
    [cost("free")],
    [cost(null)],
    [cost(Number.NaN)],
    [{}],
    [{ amount: 5 }],
    [cost("1", { quantity: "x" })],
    [null],
  ])("is malformed as %j", (row) => expect(() => readCostRow(row)).toThrow(MalformedRow));
});
