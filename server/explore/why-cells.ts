import { tokenKinds, tokensByKind, tokensOfLine, type TokenKind } from "@/server/explore/token-kinds";
import { weightOf } from "@/server/explore/tier-weights";
import type { UsedTokens } from "@/server/explore/why.sql";
import { type Cell, isExplicable, type Tokens } from "@/server/explore/why-effects";
import { addDecimals } from "@/server/lib/money";
import type { UtcDay } from "@/server/lib/time";
import type { PriceTier } from "@/server/prices/schema";

/** Whose money it is: keys as Explore has them, '' for nobody's. */
type Member = { project: string; model: string };

/** What a line item of a project cost in a period: 0 is the range asked for, 1 the one compared with. */
export type BilledLine = Member & { period: number; lineItem: string; amount: string };

/** A cell and the members that it counts for. */
export type OwnedCell = Cell & Member;

/** What a line item of a project cost in both periods. */
export type TwoPeriods = Member & { lineItem: string; before: string; after: string };

/** A model's tokens in a tier that the price list does not have. */
export type AssumedTier = { model: string; tier: PriceTier };

type Found = { cells: OwnedCell[]; unexplained: TwoPeriods[]; assumed: AssumedTier[] };

/**
 * Puts what was billed beside the tokens it was billed for; money that has none in one of the periods is not explained. Tiers
 * are weighed by the list prices of one day, the same for both periods: what prices did is an effect of its own. Pure.
 */
export function toCells(billed: readonly BilledLine[], used: readonly UsedTokens[], pricesOf: UtcDay): Found {
  const { usage, assumed } = sumTokens(used, pricesOf);
  const found: Found = { cells: [], unexplained: [], assumed };
  for (const lines of Map.groupBy(pairUp(billed), cellKey).values()) {
    const cell = toCell(lines, usage);
    if (cell && isExplicable(cell)) found.cells.push(cell);
    else found.unexplained.push(...lines);
  }
  return found;
}

/** The lines of both periods together. */
function pairUp(billed: readonly BilledLine[]): TwoPeriods[] {
  const pairs = new Map<string, TwoPeriods>();
  for (const { period, project, model, lineItem, amount } of billed) {
    const key = JSON.stringify([project, model, lineItem]);
    const pair = pairs.get(key) ?? { project, model, lineItem, before: "0", after: "0" };
    const side = period === 0 ? "after" : "before";
    pairs.set(key, { ...pair, [side]: addDecimals(pair[side], amount) });
  }
  return [...pairs.values()];
}

/** Several names may bill the same tokens: "input" and "input_tokens". */
function cellKey({ project, model, lineItem }: TwoPeriods): string {
  const tokens = tokensOfLine(lineItem);
  return JSON.stringify(tokens ? [project, tokens.model, tokens.kind] : [project, model, null, lineItem]);
}

type Usage = ReadonlyMap<string, Pick<Tokens, "tokens" | "weighted">>;

const usageKey = (period: number, place: { project: string; model: string; kind: TokenKind }) =>
  JSON.stringify([period, place.project, place.model, place.kind]);

function sumTokens(used: readonly UsedTokens[], pricesOf: UtcDay): { usage: Usage; assumed: AssumedTier[] } {
  const sums = new Map<string, Pick<Tokens, "tokens" | "weighted">>();
  const assumed = new Map<string, AssumedTier>();
  for (const row of used) {
    const counts = tokensByKind(row);
    for (const kind of tokenKinds) {
      const key = usageKey(row.period, { ...row, kind });
      const sum = sums.get(key) ?? { tokens: 0n, weighted: 0n };
      const count = counts[kind];
      const { weight, tier, isAssumed } = weightOf(row, kind, pricesOf);
      if (isAssumed && count > 0n) assumed.set(`${tier} ${row.model}`, { model: row.model, tier });
      sums.set(key, { tokens: sum.tokens + count, weighted: sum.weighted + count * weight });
    }
  }
  return { usage: sums, assumed: [...assumed.values()] };
}

function toCell(lines: readonly TwoPeriods[], usage: Usage): OwnedCell | null {
  const [first] = lines;
  const billed = first && tokensOfLine(first.lineItem);
  if (!first || !billed) return null;
  const { project } = first;
  const side = (period: number, name: "before" | "after"): Tokens => ({
    ...(usage.get(usageKey(period, { project, ...billed })) ?? { tokens: 0n, weighted: 0n }),
    amount: lines.reduce((sum, line) => addDecimals(sum, line[name]), "0"),
  });
  return {
    project,
    model: first.model,
    place: JSON.stringify([project, billed.model]),
    pricedAs: billed.model,
    kind: billed.kind,
    before: side(1, "before"),
    after: side(0, "after"),
  };
}
