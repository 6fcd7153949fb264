import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareDecimals, plainDecimal, sumDecimals } from "@/server/lib/money";
import { meteredKinds, priceTiers } from "@/server/prices/schema";
import { type BilledAmount, compareLines, sumLines, type UsedAmount } from "@/server/reconciliation/compare-lines";
import type { PriceCheckLine } from "@/server/reconciliation/schema";

const used = (amount: Partial<UsedAmount>): UsedAmount => ({
  model: "gpt-5-2025-08-07",
  kind: "input",
  tier: "standard",
  day: "2026-10-01",
  isSettled: true,
  quantity: "1000000",
  ...amount,
});

const billed = (amount: Partial<BilledAmount>): BilledAmount => ({
  lineItem: "gpt-5-2025-08-07, input_tokens",
  isSettled: true,
  amount: "1.25",
  ...amount,
});

const only = (lines: readonly PriceCheckLine[]): PriceCheckLine => {
  const [line, ...others] = lines;
  if (!line || others.length > 0) throw new Error(`${lines.length} lines`);
  return line;
};

describe("a line of the bill", () => {
  it("that is what usage comes to has no gap", () => {
    const line = only(compareLines([used({})], [billed({})]));
    expect(line).toMatchObject({ quantity: "1000000", expected: "1.25", billed: "1.25", difference: "0", reasons: [] });
    expect(line.listPrice).toEqual({ amount: "1.25", per: 1_000_000 });
  });

  it("is compared with the prices of the tiers that were used", () => {
    const line = only(compareLines([used({ tier: "batch" }), used({})], [billed({ amount: "1.875" })]));
    expect(line).toMatchObject({ standardAmount: "2.5", expected: "1.875", difference: "0", reasons: [] });
  });

  it.each([
    ["below_list", { amount: "1" }, {}, "-0.25"],
    ["above_list", { amount: "1.5" }, {}, "0.25"],
    ["rounding", { amount: "1.2500000001" }, {}, "0.0000000001"],
    ["not_settled", { isSettled: false, amount: "1" }, { isSettled: false }, "-0.25"],
  ] as const)("tells why it is not: %s", (code, bill, usage, amount) => {
    const line = only(compareLines([used(usage)], [billed(bill)]));
    expect(line.difference).toBe(amount);
    expect(line.reasons).toEqual([{ code, amount }]);
  });

  it("whose usage has no price is not expected to be nothing", () => {
    const line = only(compareLines([used({ model: "gpt-99" })], [billed({ lineItem: "gpt-99, input_tokens" })]));
    expect(line).toMatchObject({ expected: null, difference: null, unpricedQuantity: "1000000", noPrice: ["model"] });
    expect(line.reasons).toEqual([{ code: "no_price", amount: "1.25" }]);
  });

  it("without usage is not metered, usage without a line is not billed", () => {
    const lines = compareLines([used({})], [billed({ lineItem: "Promotional credit", amount: "-25.5" })]);
    expect(lines.map(({ lineItem, reasons }) => [lineItem, reasons])).toEqual([
      [null, [{ code: "not_billed", amount: "-1.25" }]],
      ["Promotional credit", [{ code: "not_metered", amount: "-25.5" }]],
    ]);
  });

  it("holds the audio of a model whose bill has no line for audio, and all models of an endpoint's line", () => {
    const audio = used({ model: "gpt-audio", kind: "audioInput", quantity: "1000" });
    const text = used({ model: "gpt-audio", quantity: "1000" });
    const together = only(compareLines([audio, text], [billed({ lineItem: "gpt-audio, input", amount: "1" })]));
    expect(together).toMatchObject({ quantity: "2000", expected: "0.0345", listPrice: null });
    const seconds = used({ model: "whisper-1", kind: "audioSeconds", quantity: "100" });
    expect(only(compareLines([seconds], [billed({ lineItem: "whisper", amount: "0.01" })])).reasons).toEqual([]);
  });

  it("of a bare model name is its input", () => {
    const embedding = used({ model: "text-embedding-3-small", quantity: "1000000" });
    const bill = billed({ lineItem: "text-embedding-3-small", amount: "0.02" });
    expect(only(compareLines([embedding], [bill])).difference).toBe("0");
  });

  it("has the price of the day", () => {
    const sol = { model: "gpt-5.6-sol", day: "2026-08-20" };
    const line = only(
      compareLines(
        [used(sol), used({ ...sol, day: "2026-08-21" })],
        [billed({ lineItem: "gpt-5.6-sol, input_tokens", amount: "9" })],
      ),
    );
    expect(line).toMatchObject({ expected: "9", listPrice: null, reasons: [] });
  });
});

const amounts = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).map((units) => plainDecimal(`${units}e-12`));
const models = fc.constantFrom(
  "gpt-5-2025-08-07",
  "gpt-5.6-sol",
  "gpt-audio",
  "text-embedding-3-small",
  "gpt-99",
  null,
);

const anyUsed = fc.record({
  model: models,
  kind: fc.constantFrom(...meteredKinds),
  tier: fc.constantFrom(...priceTiers, null),
  day: fc.constantFrom("2026-08-20", "2026-10-01"),
  isSettled: fc.boolean(),
  quantity: fc.bigInt({ min: 1n, max: 10n ** 14n }).map(String),
});

const anyBilled = fc.record({
  lineItem: fc.oneof(
    fc.constantFrom(null, "Promotional credit", "whisper", "tts", "web search tool calls", "text-embedding-3-small"),
    fc
      .tuple(models, fc.constantFrom("input", "input_tokens", "cached input", "output", "audio input", "fees"))
      .map(([model, kind]) => `${model ?? "x"}, ${kind}`),
  ),
  isSettled: fc.boolean(),
  amount: amounts,
});

it("whatever was used and billed: nothing is lost, and list prices, tiers and reasons add up to the bill exactly", () => {
  fc.assert(
    fc.property(fc.array(anyUsed, { maxLength: 30 }), fc.array(anyBilled, { maxLength: 30 }), (usage, bills) => {
      const lines = compareLines(usage, bills);
      const sums = sumLines(lines);
      const total = sumDecimals(bills.map(({ amount }) => amount));
      expect(sums.billed).toBe(total);
      expect(sumDecimals(lines.map((line) => line.billed))).toBe(total);
      const explained = [sums.standardAmount, sums.tierEffect, ...sums.reasons.map(({ amount }) => amount)];
      expect(sumDecimals(explained)).toBe(total);
      expect(sumDecimals(lines.map(({ quantity }) => quantity ?? "0"))).toBe(
        sumDecimals(usage.map(({ quantity }) => quantity)),
      );
      for (const { billed: amount, expected, reasons } of lines) {
        const gap = sumDecimals([...reasons.map((reason) => reason.amount), expected ?? "0"]);
        expect(compareDecimals(gap, amount)).toBe(0);
      }
    }),
  );
});
