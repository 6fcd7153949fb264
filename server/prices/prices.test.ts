import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareDecimals, multiplyDecimals } from "@/server/lib/money";
import { findPricedModel, periodOf, priceBook, priceChangesIn } from "@/server/prices/price-book";
import { costOf, priceOf, tierOf } from "@/server/prices/price-of";
import { meteredKinds, priceTiers } from "@/server/prices/schema";

const day = "2026-10-01";
const standard = { kind: "input", tier: "standard", day } as const;

describe("the price book", () => {
  it("names no model twice", () => {
    const names = priceBook.models.flatMap(({ model, aliases }) => [model, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("has periods without gap or overlap: the first from the beginning, each later than the one before", () => {
    for (const { model, prices } of priceBook.models) {
      const [first, ...later] = prices.map(({ from }) => from);
      expect(first, model).toBeNull();
      expect(later, model).toEqual([...new Set(later)].toSorted());
    }
  });

  it("finds a model by name, alias and snapshot, and a fine-tuned one by its base", () => {
    const found = (name: string) => findPricedModel(name)?.model;
    expect(found("gpt-5")).toBe("gpt-5");
    expect(found("gpt-5-2025-08-07")).toBe("gpt-5");
    expect(found("gpt-6.2-sol-2026-11-30")).toBe("gpt-6.2-sol");
    expect(found("gpt-4o-2024-05-13")).toBe("gpt-4o-2024-05-13");
    expect(found("ft:gpt-4o-2024-08-06:acme::a1")).toBe("ft:gpt-4o");
    expect(found("ft:gpt-4.1-2025-04-14:acme::a1")).toBeUndefined();
    expect(found("gpt-5-something-else")).toBeUndefined();
  });

  it("has the prices of each day", () => {
    const sol = findPricedModel("gpt-5.6-sol");
    if (!sol) throw new Error("not listed");
    expect(periodOf(sol, "2026-08-20")?.standard.input).toBe("5");
    expect(periodOf(sol, "2026-08-21")?.standard.input).toBe("4");
    expect(priceChangesIn({ from: "2026-08-01", to: "2026-09-01" })).toEqual(["2026-08-21"]);
    expect(priceChangesIn({ from: "2026-08-21", to: "2026-09-01" })).toEqual([]);
  });
});

describe("the price of a unit", () => {
  it("depends on kind and tier", () => {
    const model = "gpt-5-2025-08-07";
    expect(priceOf({ ...standard, model })).toEqual({ amount: "1.25", per: 1_000_000 });
    expect(priceOf({ ...standard, model, kind: "cachedInput" })).toEqual({ amount: "0.125", per: 1_000_000 });
    expect(priceOf({ ...standard, model, tier: "batch" })).toEqual({ amount: "0.625", per: 1_000_000 });
    expect(priceOf({ ...standard, model, tier: "priority" })).toEqual({ amount: "2.5", per: 1_000_000 });
    expect(priceOf({ ...standard, model: "gpt-audio", kind: "audioInput" })).toEqual({ amount: "32", per: 1_000_000 });
    expect(priceOf({ ...standard, model: "gpt-image-2", kind: "imageOutput" })).toMatchObject({ amount: "30" });
    expect(priceOf({ ...standard, model: "whisper-1", kind: "audioSeconds", tier: null })).toEqual({
      amount: "0.006",
      per: 60,
    });
  });

  it("is unknown with a reason where the list has none", () => {
    expect(priceOf({ ...standard, model: "gpt-99" })).toEqual({ amount: null, reason: "model" });
    expect(priceOf({ ...standard, model: null })).toEqual({ amount: null, reason: "model" });
    expect(priceOf({ ...standard, model: "gpt-4o", kind: "cachedInput", tier: "batch" })).toEqual({
      amount: null,
      reason: "kind",
    });
    expect(priceOf({ ...standard, model: "gpt-5-pro", tier: "flex" })).toEqual({ amount: null, reason: "tier" });
    expect(priceOf({ ...standard, model: "gpt-5", tier: null })).toEqual({ amount: null, reason: "tier" });
    expect(priceOf({ ...standard, model: null, kind: "storageBytes" })).toEqual({ amount: null, reason: "unit" });
  });

  it("takes writing to the cache, and images, for input where they never had a price of their own, and only there", () => {
    expect(priceOf({ ...standard, model: "gpt-6.2-sol", kind: "imageInput" })).toMatchObject({ amount: "2" });
    expect(priceOf({ ...standard, model: "gpt-realtime", kind: "imageInput" })).toMatchObject({ amount: "5" });
    expect(priceOf({ ...standard, model: "gpt-5", kind: "audioInput" })).toEqual({ amount: null, reason: "kind" });
    expect(priceOf({ ...standard, model: "gpt-5", kind: "cacheWrite" })).toMatchObject({ amount: "1.25" });
    expect(priceOf({ ...standard, model: "gpt-6.2-sol", kind: "cacheWrite" })).toMatchObject({ amount: "2.5" });
    expect(priceOf({ ...standard, model: "gpt-5.6-sol", kind: "cacheWrite", day: "2026-08-01" })).toEqual({
      amount: null,
      reason: "kind",
    });
  });

  it("is never zero but for what is free", () => {
    for (const { model } of priceBook.models) {
      for (const kind of meteredKinds) {
        for (const tier of priceTiers) {
          const price = priceOf({ model, kind, tier, day });
          if (price.amount !== null && model !== "omni-moderation-latest")
            expect(compareDecimals(price.amount, "0"), `${model} ${kind} ${tier}`).toBeGreaterThan(0);
        }
      }
    }
  });
});

describe("tiers", () => {
  it.each([
    [false, null, "standard"],
    [false, "default", "standard"],
    [false, "flex", "flex"],
    [true, "default", "batch"],
    [false, "scale", null],
  ] as const)("batch %s, service tier %s is %s", (isBatch, serviceTier, tier) => {
    expect(tierOf({ isBatch, serviceTier })).toBe(tier);
  });
});

it("quantity times price keeps every digit", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.bigInt({ min: 1n, max: 10n ** 9n }), (quantity, micro) => {
      const amount = multiplyDecimals(String(micro), "0.000001");
      const cost = costOf(String(quantity), { amount, per: 1_000_000 });
      expect(multiplyDecimals(cost, "1000000000000")).toBe(String(quantity * micro));
    }),
  );
});
