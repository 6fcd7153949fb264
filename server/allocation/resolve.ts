import { sharesByWeight, type Share, sharesOfPercents } from "@/server/allocation/shares";
import type { Rule } from "@/server/allocation/schema";
import { type Interval, intervalsWithin, overlaid, type Timeline } from "@/server/allocation/timeline";
import type { ItemKind } from "@/server/directory/schema";
import { utcDaysBetween, type UtcDay } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

// From what people said about keys, people and projects to what a row of costs gets. Pure.

export type Assigned<T> = { kind: ItemKind; itemId: string; timeline: Timeline<T> };

/**
 * What the rows of an item get on the days [from, to). The shares of an item and a day add up to exactly 1; the empty key is
 * nobody's part. A row takes the labels of its key, else of its person, else of its project.
 */
export type Label = DayRange & { kind: ItemKind; itemId: string; key: string; share: string };

/** Costs name keys and projects. So what holds for a person is carried over to the keys they own, below the key's own. */
export function inheritedByKeys<T>(
  assigned: readonly Assigned<T>[],
  owners: readonly { keyId: string; ownerId: string }[],
): Assigned<T>[] {
  const timelines = new Map(assigned.map(({ kind, itemId, timeline }) => [`${kind} ${itemId}`, timeline]));
  const keys = owners.flatMap(({ keyId, ownerId }): Assigned<T>[] => {
    const owners = timelines.get(`user ${ownerId}`);
    if (!owners) return [];
    return [{ kind: "api_key", itemId: keyId, timeline: overlaid(timelines.get(`api_key ${keyId}`) ?? [], owners) }];
  });
  const inheriting = new Set(keys.map(({ itemId }) => itemId));
  return [...assigned.filter(({ kind, itemId }) => kind !== "api_key" || !inheriting.has(itemId)), ...keys];
}

/** Labels of plain values. */
export const labelsOfValues = (assigned: readonly Assigned<string>[], range: DayRange): Label[] =>
  eachInterval(assigned, range).map(({ value, ...where }) => ({ ...where, key: value, share: "1" }));

/** What each cost center is charged on a day by fixed rules: what proportional ones go by. */
export type ChargedByDay = ReadonlyMap<UtcDay, readonly { key: string; weight: string }[]>;

/** Labels of cost centers. Where nothing is charged to go by, a proportional rule leaves the day to nobody. */
export function labelsOfRules(assigned: readonly Assigned<Rule>[], range: DayRange, charged: ChargedByDay): Label[] {
  return eachInterval(assigned, range).flatMap(({ value: rule, ...where }) => {
    if (rule.method === "fixed") return toLabels(where, fixedShares(rule));
    return utcDaysBetween(where.from, where.to).flatMap((day, i, days) => {
      const to = days[i + 1] ?? where.to;
      return toLabels({ ...where, from: day, to }, proportionalShares(rule, charged.get(day) ?? []));
    });
  });
}

type Where = Omit<Label, "key" | "share">;

const eachInterval = <T>(assigned: readonly Assigned<T>[], range: DayRange): (Where & Interval<T>)[] =>
  assigned.flatMap(({ kind, itemId, timeline }) =>
    intervalsWithin(timeline, range).map((interval) => ({ kind, itemId, ...interval })),
  );

const toLabels = (where: Where, shares: readonly Share<string | null>[]): Label[] =>
  shares.map(({ key, share }) => ({ ...where, key: key ?? "", share }));

const fixedShares = ({ shares }: Extract<Rule, { method: "fixed" }>) =>
  sharesOfPercents(shares.map(({ costCenterId, percent }) => ({ key: costCenterId, percent })));

type Weights = readonly { key: string; weight: string }[];

function proportionalShares({ costCenterIds }: Extract<Rule, { method: "proportional" }>, charged: Weights) {
  const listed = charged.filter(({ key }) => costCenterIds.length === 0 || costCenterIds.includes(key));
  const shares: Share<string | null>[] = sharesByWeight(listed);
  return shares.length > 0 ? shares : [{ key: null, share: "1" }];
}
