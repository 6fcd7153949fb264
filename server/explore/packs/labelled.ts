import { labelFinder } from "@/server/allocation/label-finder";
import type { Label } from "@/server/allocation/resolve";
import type { ExploreDimension } from "@/server/explore/constants";
import type { Labels } from "@/server/explore/read-labels";
import type { UtcDay } from "@/server/lib/time";

/** Series with their keys, those of what labels hang on among them: a column for each dimension. */
export type SeriesToLabel = {
  ids: readonly number[];
  columns: ReadonlyMap<ExploreDimension, readonly string[]>;
};

/** What keys, people and projects are called as dimensions is also what kinds of items they are. */
export const itemDimensions = ["api_key", "user", "project"] as const satisfies readonly ExploreDimension[];

export type LabelledSeries = {
  /** What several labels share is there for each of them. */
  ids: readonly number[];
  /** A column for each dimension. */
  keys: readonly (readonly string[])[];
  /** Null where nothing is shared. */
  shares: readonly string[] | null;
};

type Asked = { groupBy: readonly ExploreDimension[]; labels: Labels };

/** The groups of series on a day, as joinLabels tells them in the database. Pure. */
export function seriesLabeller({ ids, columns }: SeriesToLabel, { groupBy, labels }: Asked) {
  const dimensions = [...labels.keys()];
  const finders = [...labels.values()].map((own) => labelFinder(own));
  const keyed = groupBy.map((dimension) => ({
    place: dimensions.findIndex((label) => label === dimension),
    column: columns.get(dimension),
  }));
  const sharing = dimensions.indexOf("cost_center");
  const [apiKeys, users, projects] = itemDimensions.map((dimension) => columns.get(dimension));
  return (day: UtcDay): LabelledSeries => {
    const own: number[] = [];
    const keys = groupBy.map((): string[] => []);
    const shares: string[] = [];
    for (const [row, id] of ids.entries()) {
      const items = { day, api_key: apiKeys?.[row], user: users?.[row], project: projects?.[row] };
      for (const combined of combinations(finders.map((find) => find(items)))) {
        own.push(id);
        for (const [i, { place, column }] of keyed.entries())
          keys[i]?.push((place < 0 ? column?.[row] : combined[place]?.key) ?? "");
        if (sharing >= 0) shares.push(combined[sharing]?.share ?? "1");
      }
    }
    return { ids: own, keys, shares: sharing < 0 ? null : shares };
  };
}

type Combination = readonly (Label | undefined)[];

/** One label of each dimension, as far as it has any. */
const combinations = (found: readonly (readonly Label[])[]): readonly Combination[] =>
  found.reduce<readonly Combination[]>(
    (all, labels) => all.flatMap((one) => (labels.length > 0 ? labels : [undefined]).map((label) => [...one, label])),
    [[]],
  );
