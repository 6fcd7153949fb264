import type { Bucket } from "@/server/explore/buckets";
import type { ExploreDimension } from "@/server/explore/constants";
import type { KnownDays } from "@/server/explore/coverage";
import type { Describe } from "@/server/explore/describe-groups";
import type { GroupCells } from "@/server/explore/explore.sql";
import type { Amount, ExploreGroup, ExploreResult } from "@/server/explore/schema";
import { changeRatio, ratio, sumDecimals } from "@/server/lib/money";
import type { DayRange } from "@/server/usage/schema";

/** A range and its buckets in order. */
export type Period = { range: DayRange; buckets: Bucket[] };

type Found = {
  groupBy: readonly ExploreDimension[];
  /** The one asked for and, if there is one, the one compared with. */
  periods: readonly [Period, Period?];
  cells: readonly GroupCells[];
  known: KnownDays;
  describe: Describe;
};

/** Puts sums into their buckets: no sum where days are known is zero, elsewhere it is unknown. Pure. */
export function shapeAnswer(found: Found): Pick<ExploreResult, "buckets" | "groups" | "groupCount" | "totals"> {
  const [current, previous] = found.periods;
  const states = current.buckets.map((bucket) => found.known.stateOf(bucket));
  const isTold = states.map((state) => state !== "unknown" && state !== "ahead");
  const isComparable = previous !== undefined && found.known.knowsAll(previous.range);
  const lines = linesOf(found);
  const values = lines.map(({ own }) => place(own, current.buckets, isTold));
  const previousValues = lines.map((line) =>
    previous
      ? place(
          line.previous,
          previous.buckets,
          previous.buckets.map(() => isComparable),
        )
      : [],
  );
  const totals = current.buckets.map((_, bucket) =>
    sumOf(
      values.map((row) => row[bucket]),
      isTold[bucket] ?? false,
    ),
  );
  const previousTotals = (previous?.buckets ?? []).map((_, bucket) =>
    sumOf(
      previousValues.map((row) => row[bucket]),
      isComparable,
    ),
  );
  const total = sumOf(totals, false);
  const previousTotal = isComparable ? sumOf(previousTotals, false) : null;
  const groups = lines.map(({ kind, keys }, line): ExploreGroup => {
    const sum = sumOf(values[line] ?? [], false);
    return {
      kind,
      labels: kind === "other" ? [] : found.groupBy.map((dimension, i) => found.describe(dimension, keys[i] ?? "")),
      total: sum,
      previousTotal: isComparable ? sumOf(previousValues[line] ?? [], false) : null,
      share: ratio(sum, total),
      values: values[line] ?? [],
    };
  });
  return {
    buckets: current.buckets.map(({ start }, bucket) => ({ start, state: states[bucket] ?? "unknown" })),
    groups,
    groupCount: found.cells[0]?.groupCount ?? 0,
    totals: {
      value: total,
      previous: previousTotal,
      change: changeRatio(total, previousTotal),
      values: totals,
      previousValues: previousTotals,
    },
  };
}

type Sums = ReadonlyMap<string, string>;
type Line = Pick<GroupCells, "kind" | "keys"> & { rank: number; own: Sums; previous: Sums };

/** A group's sums of both periods together: named ones by rank, then other, then unattributed. */
function linesOf({ cells, groupBy }: Found): Line[] {
  const lines = new Map<string, Line>();
  for (const { period, kind, rank, keys, buckets, values } of cells) {
    const id = `${kind} ${rank}`;
    const line = lines.get(id) ?? { kind, keys, rank, own: none, previous: none };
    const sums = new Map(buckets.map((bucket, i) => [bucket, values[i] ?? "0"]));
    lines.set(id, period === 0 ? { ...line, own: sums } : { ...line, previous: sums });
  }
  // A question without groups has its one line even where nothing was found.
  if (lines.size === 0 && groupBy.length === 0)
    return [{ kind: "named", keys: [], rank: 1, own: none, previous: none }];
  return [...lines.values()].toSorted((a, b) => order[a.kind] - order[b.kind] || a.rank - b.rank);
}

const none: Sums = new Map();
const order: Record<GroupCells["kind"], number> = { named: 0, other: 1, unattributed: 2 };

const place = (sums: Sums, buckets: readonly Bucket[], isTold: readonly boolean[]): Amount[] =>
  buckets.map(({ key }, i) => sums.get(key) ?? (isTold[i] ? "0" : null));

/** The sum of what is known; with nothing known, zero only where that is known to be all. */
function sumOf(values: readonly (Amount | undefined)[], isZeroKnown: boolean): Amount {
  const known = values.filter((value) => value !== null && value !== undefined);
  if (known.length === 0) return isZeroKnown ? "0" : null;
  return sumDecimals(known);
}
