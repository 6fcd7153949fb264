import { addDecimals, compareDecimals, sumDecimals } from "@/server/lib/money";
import type { Totals } from "@/server/usage/schema";
import type { SpendByKey } from "@/server/usage/spend.sql";

type Amounts = Pick<Totals, "amount" | "previousAmount">;

/**
 * Adds to the row of nobody whatever a list lacks of the totals (another list may cover more days than this one).
 * `listed` is what the whole list adds up to, of which `rows` may be a part.
 */
export function tieToTotals(rows: readonly SpendByKey[], { totals, listed }: { totals: Amounts; listed: Amounts }) {
  const nobody = rows.find(({ key }) => key === "");
  const amount = remainder([listed.amount], totals.amount);
  const previousAmount = remainder([listed.previousAmount], totals.previousAmount);
  if (amount === null && previousAmount === null) return [...rows];
  const tied = {
    key: "",
    amount: plus(nobody?.amount, amount),
    previousAmount: plus(nobody?.previousAmount, previousAmount),
  };
  return [...rows.filter(({ key }) => key !== ""), tied];
}

/** The key null is everybody who is not named. */
export type ChartAmount = { day: string; key: string | null; amount: string };
type DayAmounts = readonly { day: string; amount: string }[];

/**
 * What brings the named members up to the totals. Spend by user comes from a list of its own: what that lacks of a day's
 * total is nobody's, as in the rows.
 */
export function othersByDay({ named, totals, listed }: { named: DayAmounts; totals: DayAmounts; listed: DayAmounts }) {
  const namedOf = Map.groupBy(named, ({ day }) => day);
  const listedOf = new Map(listed.map(({ day, amount }) => [day, amount]));
  return totals.flatMap(({ day, amount: total }): ChartAmount[] => {
    const unlisted = remainder([listedOf.get(day) ?? null], total);
    const others = remainder([...(namedOf.get(day) ?? []).map((row) => row.amount), unlisted], total);
    return [
      ...(unlisted === null ? [] : [{ day, key: "", amount: unlisted }]),
      ...(others === null ? [] : [{ day, key: null, amount: others }]),
    ];
  });
}

/** What parts lack of a total; null for nothing, and where there is no total. */
function remainder(parts: readonly (string | null)[], total: string | null): string | null {
  if (total === null) return null;
  const sum = sumDecimals(parts.filter((part) => part !== null));
  const rest = addDecimals(total, negate(sum));
  return compareDecimals(rest, "0") === 0 ? null : rest;
}

const negate = (value: string) => (value.startsWith("-") ? value.slice(1) : `-${value}`);

const plus = (a: string | null | undefined, b: string | null) => (a == null ? b : b === null ? a : addDecimals(a, b));
