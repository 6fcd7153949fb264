import type { Coverage, Known } from "@/server/usage/coverage";
import type { DayRange, UsageCounts } from "@/server/usage/schema";
import type { CountSums, SpendByKey } from "@/server/usage/spend.sql";

// Unknown is never zero, and a known zero is never unknown: what was found, seen with what was fetched.

type Ranges = { range: DayRange; previousRange: DayRange };
export type Amounts = Pick<SpendByKey, "amount" | "previousAmount">;

/**
 * What a member was billed that the list names, or the total: no row in fetched days is zero. There is nothing to compare
 * with unless every day of the range before was fetched. Days are looked through once, for however many members.
 */
export function knownAmounts(known: Known, { range, previousRange }: Ranges): (found: Amounts | undefined) => Amounts {
  const [isKnown, isComparable] = [known.some(range), known.all(previousRange)];
  return (found) => ({
    amount: found?.amount ?? (isKnown ? "0" : null),
    previousAmount: isComparable ? (found?.previousAmount ?? "0") : null,
  });
}

/** What counts add up to: a zero only where the lists that would have more were fetched. */
export function knownCounts(sums: CountSums | undefined, isTold: Coverage["counts"]): UsageCounts {
  const known = (measure: keyof UsageCounts) => {
    const sum = sums?.[measure] ?? 0;
    return sum !== 0 || isTold[measure] ? sum : null;
  };
  return {
    requests: known("requests"),
    inputTokens: known("inputTokens"),
    inputCachedTokens: known("inputCachedTokens"),
    outputTokens: known("outputTokens"),
  };
}
