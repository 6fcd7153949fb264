import { Decimal } from "decimal.js";

/** Wide enough that adding up amounts of 30 decimals never rounds. */
export const Exact = Decimal.clone({ precision: 120, toExpNeg: -200, toExpPos: 200 });
export type Exact = InstanceType<typeof Exact>;

/** a + b, exactly; decimal strings in and out, never an exponent. */
export const addDecimals = (a: string, b: string): string => new Exact(a).plus(b).toFixed();

/** a - b, exactly. */
export const subtractDecimals = (a: string, b: string): string => new Exact(a).minus(b).toFixed();

/** a times b, exactly for as many digits as money and counts have. */
export const multiplyDecimals = (a: string, b: string): string => new Exact(a).times(b).toFixed();

/** a / b to 30 decimals, exactly by powers of ten. @throws for b = 0 */
export function divideDecimals(a: string, b: string): string {
  const quotient = new Exact(a).div(b);
  if (!quotient.isFinite()) throw new RangeError("division by zero");
  return quotient.toDecimalPlaces(30).toFixed();
}

/** The sum of decimal strings, exactly; "0" for none. */
export const sumDecimals = (values: Iterable<string>): string => {
  let sum = new Exact(0);
  for (const value of values) sum = sum.plus(value);
  return sum.toFixed();
};

/** PostgreSQL's numeric keeps trailing zeros of the scale; people and JSON get the shortest form of the same number. */
export const plainDecimal = (value: string): string => new Exact(value).toFixed();

/** part / whole between -1 and 1 for bars and percentages; null when there is nothing to divide by. */
export function ratio(part: string | null, whole: string | null): number | null {
  if (part === null || whole === null) return null;
  const divisor = new Exact(whole);
  return divisor.isZero() ? null : new Exact(part).div(divisor).toNumber();
}

/** Mean of decimal strings to 30 decimals; null for none. */
export function meanDecimal(values: readonly string[]): string | null {
  if (values.length === 0) return null;
  return new Exact(sumDecimals(values)).div(values.length).toDecimalPlaces(30).toFixed();
}

export const compareDecimals = (a: string, b: string) => new Exact(a).comparedTo(b);

type Ranked<T> = { amount: (row: T) => string | null; name: (row: T) => string };

/** The largest amounts first, what has none last, alike ones by name. An amount is read once, however often it is compared. */
export function largestFirst<T>(rows: readonly T[], { amount, name }: Ranked<T>): T[] {
  const read = rows.map((row) => {
    const value = amount(row);
    return { row, name: name(row), value: value === null ? null : new Exact(value) };
  });
  const order = (a: Exact | null, b: Exact | null) =>
    a === null || b === null ? Number(a === null) - Number(b === null) : b.comparedTo(a);
  return read.toSorted((a, b) => order(a.value, b.value) || (a.name < b.name ? -1 : 1)).map(({ row }) => row);
}

/** How much larger a is than what was before, as a part of that; null where there is nothing to compare with. */
export function changeRatio(now: string | null, before: string | null): number | null {
  if (now === null || before === null) return null;
  return ratio(new Exact(now).minus(before).toFixed(), new Exact(before).abs().toFixed());
}
