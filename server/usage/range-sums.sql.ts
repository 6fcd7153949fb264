import { Prisma } from "@/server/db/generated/client";
import { partsOfRanges, readsOf } from "@/server/usage/range-parts";
import type { DayRange } from "@/server/usage/schema";
import { type Span, spans } from "@/server/usage/spans";

export type RangeSums = {
  kind: "cost" | "usage";
  ranges: readonly DayRange[];
  /** Columns of the roll-ups that are added up. */
  values: readonly string[];
  /** Which rows: the org's, of which dimensions, members and lists. */
  condition: Prisma.Sql;
  /** Spans whose sums may be read besides those of days; all unless given. */
  usable?: readonly Span[];
};

/**
 * Rows of what is to be added up for each of the ranges: dimension, key and, for the first range, days1 (how many days' rows
 * are in it) and the values as amount1 or requests1 and so on; then days2 and so on. As few rows as possible: see partsOfRanges.
 */
export function rangeSums({ kind, ranges, values, condition, usable }: RangeSums): Prisma.Sql {
  const reads = readsOf(partsOfRanges(ranges, usable)).map(({ by, weights, starts }) => {
    const columns = weights.flatMap((weight, i) => [
      `${weighted(weight, by === "day" ? "1" : "days")} as days${i + 1}`,
      ...values.map((column) => `${weighted(weight, column)} as ${column}${i + 1}`),
    ]);
    const days = by === "day" ? `${kind}_daily where day` : `${kind}_spans where span = ${spans[by]} and starts`;
    return Prisma.sql`
      select dimension, key, ${Prisma.raw(`${columns.join(", ")} from ${days}`)} = any(${[...starts]}::date[]) and ${condition}`;
  });
  return Prisma.join(reads, " union all ");
}

/** A null of the narrowest type: a union takes the type of its other parts. */
const weighted = (weight: number, column: string) => (weight === 0 ? "null::int" : weight > 0 ? column : `-${column}`);
