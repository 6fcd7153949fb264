import { Prisma } from "@/server/db/generated/client";
import { partsOfRanges, type RangeReads, type Readable, readsOf } from "@/server/usage/range-parts";
import type { DayRange } from "@/server/usage/schema";
import { type Block, spans } from "@/server/usage/spans";

export type RangeSums = {
  kind: "cost" | "usage";
  ranges: readonly DayRange[];
  /** Columns of the roll-ups that are added up. */
  values: readonly string[];
  /** Which rows: the org's, of which dimensions, members and lists. */
  condition: Prisma.Sql;
} & Readable;

/** Of the values. All parts of a union have exactly the same types: PostgreSQL passes their rows on as they are then. */
const valueTypes = { cost: "numeric", usage: "bigint" };

/**
 * Rows of what is to be added up for each of the ranges: dimension, key and, for the first range, days1 (how many days' rows
 * are in it) and the values as amount1 or requests1 and so on; then days2 and so on. As few rows as possible: see partsOfRanges.
 */
export function rangeSums({ kind, ranges, values, condition, ...readable }: RangeSums): Prisma.Sql {
  const columnsOf = (weights: readonly number[], by: Block["by"]) =>
    weights.flatMap((weight, i) => [
      `${weighted(weight, by === "day" ? "1" : "days", "int")} as days${i + 1}`,
      ...values.map((column) => `${weighted(weight, column, valueTypes[kind])} as ${column}${i + 1}`),
    ]);
  const rowsOf = ({ by, weights, starts }: RangeReads) => {
    const days = by === "day" ? `${kind}_daily where day` : `${kind}_spans where span = ${spans[by]} and starts`;
    const columns = columnsOf(weights, by).join(", ");
    return Prisma.sql`
      select dimension, key, ${Prisma.raw(`${columns} from ${days}`)} = any(${[...starts]}::date[]) and ${condition}`;
  };
  const reads = readsOf(partsOfRanges(ranges, readable));
  // Where there is nothing to read: columns of the same names, and no row.
  const [first = { by: "day" as const, weights: ranges.map(() => 0), starts: [] }, ...others] = reads;
  return Prisma.join([first, ...others].map(rowsOf), " union all ");
}

const weighted = (weight: number, column: string, type: string) =>
  weight === 0 ? `null::${type}` : weight > 0 ? column : `-${column}`;
