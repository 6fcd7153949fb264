/**
 * Money of the sandbox: a BigInt count of 10^-30 dollars, because the live API writes up to 30 decimals.
 */
export type Money = bigint;

const moneyScale = 10n ** 30n;

const plainDecimal = /^(-?)(\d+)(?:\.(\d{1,30}))?$/;

/** Reads a plain decimal such as "-12.5"; throws on anything else. */
export function parseMoney(text: string): Money {
  const match = plainDecimal.exec(text);
  if (!match) throw new Error(`"${text}" is not a plain decimal with at most 30 decimals`);
  const [, sign, whole = "0", fraction = ""] = match;
  const magnitude = BigInt(whole) * moneyScale + BigInt(fraction.padEnd(30, "0"));
  return sign === "-" ? -magnitude : magnitude;
}

/** Writes all 30 decimals, as the live API does: "0.001589850000000000000000000000". */
export function formatMoney(value: Money): string {
  const digits = (value < 0n ? -value : value).toString().padStart(31, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -30)}.${digits.slice(-30)}`;
}

/** Multiplies by a plain decimal factor, rounding toward zero at the last decimal. */
export function scaleMoney(value: Money, factor: string): Money {
  return (value * parseMoney(factor)) / moneyScale;
}
