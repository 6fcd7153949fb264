import { Decimal } from "decimal.js";

/** A decimal amount as text, exactly as stored: "12.3400", "-0.00000123". Never a float. */
export type DecimalText = string;

// Far beyond any bill: 40 digits keep sums of amounts with 20 decimals exact.
export const Exact = Decimal.clone({ precision: 40, toExpNeg: -40, toExpPos: 40 });
export type Exact = InstanceType<typeof Exact>;

/** Parses a decimal text; null, empty and malformed text are all "unknown". */
export function parseDecimal(text: DecimalText | null | undefined): Exact | null {
  if (text === null || text === undefined || text.trim() === "") return null;
  try {
    const value = new Exact(text);
    return value.isFinite() ? value : null;
  } catch {
    return null;
  }
}

/** Sum of the known values; null when not one is known. */
export function sumDecimals(values: Iterable<DecimalText | null | undefined>): DecimalText | null {
  let total: Exact | null = null;
  for (const text of values) {
    const value = parseDecimal(text);
    if (value) total = total ? total.plus(value) : value;
  }
  return total ? total.toFixed() : null;
}

/** a + b, exactly. Both have to be known. */
export const addDecimals = (a: DecimalText, b: DecimalText): DecimalText => new Exact(a).plus(b).toFixed();

/** Ascending by value, unknown last in either direction is the caller's business (see DataTable). */
export function compareDecimals(a: DecimalText, b: DecimalText): number {
  const left = parseDecimal(a);
  const right = parseDecimal(b);
  if (!left || !right) return left ? 1 : right ? -1 : 0;
  return left.comparedTo(right);
}

/** part / whole as a plain ratio for drawing and percentages; null where it means nothing. */
export function ratioOf(part: DecimalText | null | undefined, whole: DecimalText | null | undefined): number | null {
  const numerator = parseDecimal(part);
  const denominator = parseDecimal(whole);
  if (!numerator || !denominator || denominator.isZero()) return null;
  return numerator.div(denominator).toNumber();
}
