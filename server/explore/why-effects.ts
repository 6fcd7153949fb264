import type { TokenKind } from "@/server/explore/token-kinds";
import { Exact } from "@/server/lib/money";

// Why spend differs between two periods. Spend of a place (a project's use of a model) is the tokens it took, times how they
// are divided into kinds, times what a token of each kind cost. One factor after the other is moved from its value before to
// its value after, in this order, and each step is an effect:
//
//   volume  all tokens together grow or shrink, at the average price that each place had
//   mix     the tokens move between places, and between input, output and audio
//   cache   more or less of the input comes from the cache
//   tier    more or less is batch, flex or priority
//   price   what is left: a token of the same kind and tier costs something else
//
// The steps are differences of amounts that are cut to the same digits, so they add up to the whole exactly.

/** Tokens of a kind and what they cost in one period; weighted counts each as one of the standard tier's (see tier-weights). */
export type Tokens = { amount: string; tokens: bigint; weighted: bigint };

/** A kind of tokens in a place; what is priced alike is `pricedAs` the same. */
export type Cell = { place: string; pricedAs: string; kind: TokenKind; before: Tokens; after: Tokens };

export type TokenEffect = "volume" | "mix" | "cache" | "tier" | "price";

/** A place's effects as decimal texts: before + all effects = after, to the last digit. */
export type PlaceEffects = { place: string; before: string; after: string; effects: Record<TokenEffect, string> };

type Amount = InstanceType<typeof Exact>;

/** As many as the provider's own amounts have. */
const DIGITS = 30;

const sideOf: Record<TokenKind, string> = {
  input: "input",
  cached: "input",
  cache_write: "input",
  output: "output",
  audio_input: "audio_input",
  audio_output: "audio_output",
};

/** Whether money in a period always comes with tokens; where it does not, prices mean nothing. */
export const isExplicable = ({ before, after }: Pick<Cell, "before" | "after">): boolean =>
  [before, after].every(({ amount, weighted }) => weighted > 0n || new Exact(amount).isZero());

/** Takes the difference apart, place by place. Cells have to be explicable; those that were free in both periods are left out. */
export function splitDifference(cells: readonly Cell[]): PlaceEffects[] {
  const billed = cells.filter(
    ({ before, after }) => ![before, after].every(({ amount }) => new Exact(amount).isZero()),
  );
  const growth = growthOf(billed);
  const prices = pricesBefore(billed);
  return [...Map.groupBy(billed, ({ place }) => place)].map(([place, own]) =>
    effectsOf(place, stepsOf(own, { growth, prices })),
  );
}

/** How many times the tokens of before are the tokens of after; null where there were none before. */
function growthOf(cells: readonly Cell[]): Amount | null {
  const before = cells.reduce((sum, cell) => sum + cell.before.tokens, 0n);
  const after = cells.reduce((sum, cell) => sum + cell.after.tokens, 0n);
  return before === 0n ? null : new Exact(String(after)).div(String(before));
}

type Prices = ReadonlyMap<string, Amount>;

const priceKey = ({ pricedAs, kind }: Pick<Cell, "pricedAs" | "kind">) => JSON.stringify([pricedAs, kind]);

/** What a weighted token of a model and kind cost before, over all places. */
function pricesBefore(cells: readonly Cell[]): Prices {
  const known = cells.filter(({ before }) => before.weighted > 0n);
  return new Map(
    [...Map.groupBy(known, priceKey)].map(([key, own]) => [
      key,
      add(own.map(({ before }) => new Exact(before.amount))).div(
        String(own.reduce((sum, { before }) => sum + before.weighted, 0n)),
      ),
    ]),
  );
}

const add = (amounts: readonly Amount[]): Amount => amounts.reduce((sum, amount) => sum.plus(amount), new Exact(0));

type Basis = { growth: Amount | null; prices: Prices };

/** The amount before, after each step, and after: six amounts with five effects between them. */
function stepsOf(cells: readonly Cell[], { growth, prices }: Basis): Amount[] {
  const before = add(cells.map((cell) => new Exact(cell.before.amount)));
  const after = add(cells.map((cell) => new Exact(cell.after.amount)));
  const steps = [...Map.groupBy(cells, ({ kind }) => sideOf[kind]).values()].map((side) => stepsOfSide(side, prices));
  const between = [0, 1, 2].map((step) => add(steps.map((amounts) => amounts[step] ?? new Exact(0))));
  const grown = growth === null ? after : before.times(growth);
  // Where there was nothing before at all, there is nothing that could have moved: everything is volume.
  const rest = growth === null ? [after, after, after] : between;
  return [before, ...[grown, ...rest].map((amount) => amount.toDecimalPlaces(DIGITS)), after];
}

/** One side of a place's calls with the tokens of after: divided into kinds as before, as after, and in the tiers of after. */
function stepsOfSide(cells: readonly Cell[], prices: Prices): [Amount, Amount, Amount] {
  const tokensBefore = cells.reduce((sum, cell) => sum + cell.before.tokens, 0n);
  const tokensAfter = cells.reduce((sum, cell) => sum + cell.after.tokens, 0n);
  const inTiersOfAfter = cells.map((cell) => priceBefore(cell, prices).times(String(cell.after.weighted)));
  // What is new has no kinds and tiers to compare with: it is mix as a whole, at prices of before.
  if (tokensBefore === 0n) return [add(inTiersOfAfter), add(inTiersOfAfter), add(inTiersOfAfter)];
  const amountBefore = add(cells.map((cell) => new Exact(cell.before.amount)));
  const inKindsOfAfter = cells.map((cell, i) =>
    cell.before.tokens === 0n
      ? (inTiersOfAfter[i] ?? new Exact(0))
      : new Exact(cell.before.amount).times(String(cell.after.tokens)).div(String(cell.before.tokens)),
  );
  return [amountBefore.times(String(tokensAfter)).div(String(tokensBefore)), add(inKindsOfAfter), add(inTiersOfAfter)];
}

/** Of a weighted token: the place's own, else the model's anywhere, else, for what nobody used before, the price of after. */
function priceBefore(cell: Cell, prices: Prices): Amount {
  const { before, after } = cell;
  if (before.weighted > 0n) return new Exact(before.amount).div(String(before.weighted));
  const elsewhere = prices.get(priceKey(cell));
  if (elsewhere) return elsewhere;
  return after.weighted > 0n ? new Exact(after.amount).div(String(after.weighted)) : new Exact(0);
}

function effectsOf(place: string, steps: readonly Amount[]): PlaceEffects {
  const at = (step: number) => steps[step] ?? new Exact(0);
  const effect = (step: number) =>
    at(step)
      .minus(at(step - 1))
      .toFixed();
  return {
    place,
    before: at(0).toFixed(),
    after: at(5).toFixed(),
    effects: { volume: effect(1), mix: effect(2), cache: effect(3), tier: effect(4), price: effect(5) },
  };
}
