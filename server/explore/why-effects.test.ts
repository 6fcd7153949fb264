import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tokenKinds, tokensByKind, tokensOfLine } from "@/server/explore/token-kinds";
import { type Cell, isExplicable, splitDifference, type TokenEffect, type Tokens } from "@/server/explore/why-effects";
import { addDecimals, Exact, subtractDecimals, sumDecimals } from "@/server/lib/money";

const nothing: Tokens = { amount: "0", tokens: 0n, weighted: 0n };

/** Tokens at a price in millionths of a dollar; weighted in halves of a standard token. */
const at = (price: string, tokens: number, halves = 2): Tokens => ({
  tokens: BigInt(tokens),
  weighted: BigInt(tokens * halves),
  amount: new Exact(price).times(tokens).times(halves).div(2_000_000).toFixed(),
});

const cell = (place: string, kind: Cell["kind"], sides: Pick<Cell, "before" | "after">): Cell => ({
  place,
  pricedAs: place.split(" ").at(-1) ?? place,
  kind,
  ...sides,
});

function totalsOf(cells: readonly Cell[]) {
  const split = splitDifference(cells);
  const sum = (effect: TokenEffect) => sumDecimals(split.map(({ effects }) => effects[effect]));
  return { volume: sum("volume"), mix: sum("mix"), cache: sum("cache"), tier: sum("tier"), price: sum("price") };
}

const none = { volume: "0", mix: "0", cache: "0", tier: "0", price: "0" };

describe("one thing alone moves", () => {
  it("twice the tokens everywhere are volume", () => {
    const cells = [
      cell("a luna", "input", { before: at("3", 700), after: at("3", 1400) }),
      cell("b astra", "output", { before: at("7", 100), after: at("7", 200) }),
    ];
    expect(totalsOf(cells)).toEqual({ ...none, volume: "0.0028" });
  });

  it("a cheaper token is price", () => {
    const cells = [cell("a luna", "input", { before: at("3", 700), after: at("2", 700) })];
    expect(totalsOf(cells)).toEqual({ ...none, price: "-0.0007" });
  });

  it("input that comes from the cache is cache", () => {
    const cells = [
      cell("a luna", "input", { before: at("4", 900), after: at("4", 400) }),
      cell("a luna", "cached", { before: at("1", 100), after: at("1", 600) }),
    ];
    expect(totalsOf(cells)).toEqual({ ...none, cache: "-0.0015" });
  });

  it("a first hit of the cache is cache, too, at the model's price", () => {
    const cells = [
      cell("a luna", "input", { before: at("4", 1000), after: at("4", 500) }),
      cell("a luna", "cached", { before: nothing, after: at("1", 500) }),
    ];
    expect(totalsOf(cells)).toEqual({ ...none, cache: "-0.0015" });
  });

  it("the same tokens in batches are tier", () => {
    const cells = [cell("a luna", "output", { before: at("8", 1000, 2), after: at("8", 1000, 1) })];
    expect(totalsOf(cells)).toEqual({ ...none, tier: "-0.004" });
  });

  it("tokens that move to a dearer model are mix", () => {
    const cells = [
      cell("a luna", "input", { before: at("1", 800), after: at("1", 300) }),
      cell("a astra", "input", { before: at("9", 200), after: at("9", 700) }),
    ];
    expect(totalsOf(cells)).toEqual({ ...none, mix: "0.004" });
  });

  it("a new model in place of a vanished one is mix", () => {
    const cells = [
      cell("a luna", "input", { before: at("1", 800), after: nothing }),
      cell("a astra", "input", { before: nothing, after: at("9", 800) }),
    ];
    expect(totalsOf(cells)).toEqual({ ...none, mix: "0.0064" });
  });

  it("a project that begins with a model others had pays its change of price as price", () => {
    const cells = [
      cell("a luna", "input", { before: at("2", 1000), after: at("3", 500) }),
      cell("b luna", "input", { before: nothing, after: at("3", 500) }),
    ];
    expect(totalsOf(cells)).toEqual({ ...none, price: "0.001" });
  });

  it("a first month is volume, and so is a last one", () => {
    const one = at("3", 1000);
    expect(totalsOf([cell("a luna", "input", { before: nothing, after: one })])).toEqual({ ...none, volume: "0.003" });
    expect(totalsOf([cell("a luna", "input", { before: one, after: nothing })])).toEqual({ ...none, volume: "-0.003" });
  });
});

const tokens: fc.Arbitrary<Tokens> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(nothing) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.bigInt(-(10n ** 32n), 10n ** 34n), fc.bigInt(1n, 10n ** 12n), fc.bigInt(1n, 4n))
      .map(([billed, count, halves]) => ({
        amount: new Exact(String(billed)).div("1e30").toFixed(),
        tokens: count,
        weighted: count * halves,
      })),
  },
);
const cellsOf = fc.uniqueArray(
  fc.record({
    place: fc.constantFrom("a luna", "a astra", "b luna", "c terra"),
    pricedAs: fc.constantFrom("luna", "astra"),
    kind: fc.constantFrom(...tokenKinds),
    before: tokens,
    after: tokens,
  }),
  { selector: ({ place, pricedAs, kind }) => `${place}|${pricedAs}|${kind}`, maxLength: 24 },
);

describe("any two periods", () => {
  it("effects add up to the difference to the last digit, place by place and together", () => {
    fc.assert(
      fc.property(cellsOf, (cells) => {
        const split = splitDifference(cells);
        for (const { before, after, effects } of split) {
          expect(addDecimals(before, sumDecimals(Object.values(effects)))).toBe(after);
        }
        const difference = subtractDecimals(
          sumDecimals(cells.map((one) => one.after.amount)),
          sumDecimals(cells.map((one) => one.before.amount)),
        );
        expect(sumDecimals(split.flatMap(({ effects }) => Object.values(effects)))).toBe(difference);
      }),
    );
  });

  it("with the same prices of kinds and tiers nothing is price", () => {
    const counted = fc.bigInt(1n, 10n ** 9n);
    const cells = fc.array(
      fc.record({ place: fc.constantFrom("a", "b"), kind: fc.constantFrom(...tokenKinds), counted, later: counted }),
      {
        maxLength: 10,
      },
    );
    fc.assert(
      fc.property(cells, (given) => {
        const priced = (count: bigint) => ({ amount: String(count * 3n), tokens: count, weighted: count });
        const split = splitDifference(
          given.map(({ place, kind, counted: before, later }) => ({
            place,
            pricedAs: "luna",
            kind,
            before: priced(before),
            after: priced(later),
          })),
        );
        expect(split.map(({ effects }) => effects.price)).toEqual(split.map(() => "0"));
      }),
    );
  });
});

describe("what can be explained", () => {
  it("is money that comes with tokens in each period", () => {
    const paid = { amount: "1", tokens: 0n, weighted: 0n };
    expect(isExplicable({ before: nothing, after: at("1", 5) })).toBe(true);
    expect(isExplicable({ before: paid, after: at("1", 5) })).toBe(false);
    expect(isExplicable({ before: nothing, after: paid })).toBe(false);
  });
});

describe("tokens", () => {
  it.each([
    ["gpt-4o-2024-08-06, cached input", { model: "gpt-4o-2024-08-06", kind: "cached" }],
    ["gpt-6-luna, input_tokens", { model: "gpt-6-luna", kind: "input" }],
    ["gpt-audio-2025-08-28, audio output", { model: "gpt-audio-2025-08-28", kind: "audio_output" }],
    ["text-embedding-3-small", { model: "text-embedding-3-small", kind: "input" }],
    ["gpt-image-1, image output", null],
    ["", null],
  ])("line item %j bills %j", (lineItem, billed) => expect(tokensOfLine(lineItem)).toEqual(billed));

  it("are told apart by kind, also where the uncached ones are not given", () => {
    const counted = {
      input: 100n,
      cached: 30n,
      uncached: null,
      cacheWrite: 10n,
      audioInput: 5n,
      output: 40n,
      audioOutput: 8n,
    };
    const kinds = { input: 55n, cached: 30n, cache_write: 10n, output: 32n, audio_input: 5n, audio_output: 8n };
    expect(tokensByKind(counted)).toEqual(kinds);
    expect(tokensByKind({ ...counted, uncached: 60n })).toEqual(kinds);
  });
});
