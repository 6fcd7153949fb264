import { Decimal } from "decimal.js";
import { addDecimals, compareDecimals } from "@/server/lib/money";

const Exact = Decimal.clone({ precision: 120 });

/** Shares have this many digits: of a million dollars the last one is a ten-thousandth of a cent. */
export const SHARE_DIGITS = 12;

/** Part of a whole, 0 to 1, as a decimal. */
export type Share<K> = { key: K; share: string };

/**
 * Shares in proportion to weights, to SHARE_DIGITS digits, that add up to exactly 1: each is cut, and what is missing goes to
 * the largest remainders, of equal ones to the first. Weights of zero and below get nothing; none at all gives no shares.
 * Amounts are multiplied by shares and never rounded, so that parts add up whatever they are grouped by.
 */
export function sharesByWeight<K>(weights: readonly { key: K; weight: string }[]): Share<K>[] {
  const positive = weights.filter(({ weight }) => compareDecimals(weight, "0") > 0);
  if (positive.length === 0) return [];
  const unit = new Exact(10).pow(SHARE_DIGITS);
  const sum = positive.reduce((total, { weight }) => total.plus(weight), new Exact(0));
  const cut = positive.map(({ key, weight }) => {
    // Divided as whole numbers: a quotient that was rounded up would give away more than there is.
    const scaled = new Exact(weight).times(unit);
    const units = scaled.divToInt(sum);
    return { key, units, rest: scaled.minus(units.times(sum)) };
  });
  const missing = cut.reduce((left, { units }) => left.minus(units), unit).toNumber();
  const favoured = new Set(cut.toSorted((a, b) => b.rest.comparedTo(a.rest)).slice(0, missing));
  return cut
    .map((one) => ({
      key: one.key,
      share: one.units
        .plus(favoured.has(one) ? 1 : 0)
        .div(unit)
        .toFixed(),
    }))
    .filter(({ share }) => share !== "0");
}

/** Shares of percentages, as they are; what they lack of 100 is nobody's, under the key null. */
export function sharesOfPercents<K>(percents: readonly { key: K; percent: string }[]): Share<K | null>[] {
  const shares: Share<K | null>[] = percents.map(({ key, percent }) => ({
    key,
    share: new Exact(percent).div(100).toFixed(),
  }));
  const given = shares.reduce((sum, { share }) => addDecimals(sum, share), "0");
  const rest = new Exact(1).minus(given);
  return rest.isPositive() && !rest.isZero() ? [...shares, { key: null, share: rest.toFixed() }] : shares;
}
