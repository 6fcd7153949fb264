import { Decimal } from "decimal.js";
import { sumDecimals } from "@/server/lib/money";

const Exact = Decimal.clone({ precision: 120 });
const CENT = new Exact("0.01");

/**
 * Amounts in cents that add up to a whole, which is their exact sum in cents: each is cut towards minus infinity, and the cents
 * that are missing go to the largest remainders, of equal ones to the first. For paper; files have every digit.
 * @param whole where it was rounded together with others, and may be up or down: what it became
 */
export function inCents(amounts: readonly string[], whole = roundToCents(sumDecimals(amounts))): string[] {
  const cut = amounts.map((amount) => {
    const exact = new Exact(amount);
    const cents = exact.div(CENT).floor();
    return { cents, rest: exact.minus(cents.times(CENT)) };
  });
  const wanted = new Exact(whole).div(CENT);
  const missing = cut.reduce((left, { cents }) => left.minus(cents), wanted).toNumber();
  const favoured = new Set(cut.toSorted((a, b) => b.rest.comparedTo(a.rest)).slice(0, missing));
  return cut.map((one) =>
    one.cents
      .plus(favoured.has(one) ? 1 : 0)
      .times(CENT)
      .toFixed(2),
  );
}

/** To the nearest cent, halves away from zero. */
export const roundToCents = (amount: string) => new Exact(amount).toDecimalPlaces(2, Decimal.ROUND_HALF_UP).toFixed(2);
