import { type WhyEffect, whyEffects } from "@/server/explore/constants";
import type { ExploreLabel, UnexplainedRow, WhyRow } from "@/server/explore/schema";
import type { OwnedCell, TwoPeriods } from "@/server/explore/why-cells";
import type { PlaceEffects } from "@/server/explore/why-effects";
import type { GroupSum } from "@/server/explore/packs/sums";
import { addDecimals, compareDecimals, Exact, subtractDecimals, sumDecimals } from "@/server/lib/money";

type Effects = Record<WhyEffect, string>;

export type Parts = { split: readonly PlaceEffects[]; cells: readonly OwnedCell[]; unexplained: readonly TwoPeriods[] };

const noEffects: Effects = { volume: "0", mix: "0", cache: "0", tier: "0", price: "0", unexplained: "0" };

const addEffects = (a: Effects, b: Partial<Effects>): Effects => combine(a, b, addDecimals);

const combine = (a: Effects, b: Partial<Effects>, how: (a: string, b: string) => string): Effects => ({
  volume: how(a.volume, b.volume ?? "0"),
  mix: how(a.mix, b.mix ?? "0"),
  cache: how(a.cache, b.cache ?? "0"),
  tier: how(a.tier, b.tier ?? "0"),
  price: how(a.price, b.price ?? "0"),
  unexplained: how(a.unexplained, b.unexplained ?? "0"),
});

const differenceOf = ({ before, after }: Pick<TwoPeriods, "before" | "after">) => subtractDecimals(after, before);

export type EffectsByMember = ReadonlyMap<string, Effects>;

/** The effects of each project or model: of its places, and of what nothing explains there. */
export function effectsByMember({ split, cells, unexplained }: Parts, member: "project" | "model"): EffectsByMember {
  const memberOf = new Map(cells.map((cell) => [cell.place, cell[member]]));
  const sums = new Map<string, Effects>();
  const add = (key: string, effects: Partial<Effects>) =>
    sums.set(key, addEffects(sums.get(key) ?? noEffects, effects));
  for (const { place, effects } of split) add(memberOf.get(place) ?? "", effects);
  for (const line of unexplained) add(line[member], { unexplained: differenceOf(line) });
  return sums;
}

/** The effects of everything. */
export const sumEffects = (byMember: EffectsByMember): Effects =>
  [...byMember.values()].reduce((sum, effects) => addEffects(sum, effects), noEffects);

/** A member's sums, or under the key null those of several. */
export type MovedSum = { key: string | null; count: number; before: string; after: string };

type Told = { effects: EffectsByMember | undefined; describe: (key: string) => ExploreLabel };

/** Movers with their effects; the row of all others gets what the named ones leave, so that columns add up as well. */
export function moverRows(sums: readonly MovedSum[], { effects, describe }: Told): WhyRow[] {
  const named = sums.flatMap(({ key }) => (key === null ? [] : [effects?.get(key) ?? noEffects]));
  const rest = effects && named.reduce((left, one) => combine(left, one, subtractDecimals), sumEffects(effects));
  return sums.map(({ key, count, before, after }) => {
    const difference = subtractDecimals(after, before);
    const own = key === null ? rest : effects && (effects.get(key) ?? noEffects);
    return {
      label: key === null ? null : describe(key),
      count,
      before,
      after,
      difference,
      effects: own && addsUpTo(own, difference) ? own : null,
    };
  });
}

/** Imported and synced lines may call the same model's money differently; then its effects are not told. */
const addsUpTo = (effects: Effects, difference: string) =>
  compareDecimals(sumDecimals(whyEffects.map((effect) => effects[effect])), difference) === 0;

/** The members that moved most between the periods, and under the key null all others together. */
export function topMovers(sums: readonly GroupSum[], top: number): MovedSum[] {
  const moved = [...Map.groupBy(sums, ({ keys }) => keys[0] ?? "")].map(([key, own]) => {
    const of = (wanted: number) => sumDecimals(own.flatMap(({ period, sum }) => (period === wanted ? [sum] : [])));
    return { key, count: 1, before: of(1), after: of(0) };
  });
  const ranked = moved
    .map((member) => ({ member, size: absolute(differenceOf(member)) }))
    .toSorted((a, b) => compareDecimals(b.size, a.size) || (a.member.key < b.member.key ? -1 : 1))
    .map(({ member }) => member);
  const others = ranked.slice(top);
  if (others.length === 0) return ranked;
  const { before, after } = addUp(others);
  return [...ranked.slice(0, top), { key: null, count: others.length, before, after }];
}

/** Line items without usage, added up over projects: the largest movements, then all others. */
export function unexplainedRows(lines: readonly TwoPeriods[], top: number): UnexplainedRow[] {
  const rows = [...Map.groupBy(lines, ({ lineItem }) => lineItem)]
    .map(([lineItem, own]) => ({ lineItem: lineItem || null, isOther: false, ...addUp(own) }))
    .toSorted((a, b) => compareDecimals(absolute(b.difference), absolute(a.difference)));
  const others = rows.slice(top);
  return others.length === 0 ? rows : [...rows.slice(0, top), { lineItem: null, isOther: true, ...addUp(others) }];
}

const absolute = (amount: string) => new Exact(amount).abs().toFixed();

function addUp(rows: readonly Pick<TwoPeriods, "before" | "after">[]) {
  const sums = { before: sumDecimals(rows.map((row) => row.before)), after: sumDecimals(rows.map((row) => row.after)) };
  return { ...sums, difference: differenceOf(sums) };
}
