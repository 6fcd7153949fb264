import { type DecimalText, type Exact, parseDecimal } from "@/components/lib/decimal";
import { numberFormat, numeric } from "@/components/lib/intl-cache";

/** Stands wherever a figure is not known. Never "$0.00". */
export const UNKNOWN_MARK = "–";

const SMALLEST_SHOWN = "0.0001";

/**
 * An amount for reading: two decimals from one dollar, four below, never scientific. Credits (negative) stand in
 * parentheses, a nonzero amount too small to show reads "<$0.0001", unknown is a mark.
 * @param amount US dollars as a decimal text, or null when unknown
 */
export function formatMoney(amount: DecimalText | null | undefined, locale: string): string {
  const value = parseDecimal(amount);
  if (!value) return UNKNOWN_MARK;
  const text = formatMagnitude(value.abs(), locale);
  return value.isNegative() && !value.isZero() ? `(${text})` : text;
}

/** Every stored digit: for hover. Two decimals at least. */
export function exactMoney(amount: DecimalText | null | undefined, locale: string): string {
  const value = parseDecimal(amount);
  if (!value) return UNKNOWN_MARK;
  const decimals = Math.max(2, value.decimalPlaces());
  const text = dollars(value.abs(), locale, Math.min(decimals, 40));
  return value.isNegative() && !value.isZero() ? `(${text})` : text;
}

/** More or less than before: "+$12.35", "−$0.0123"; no parentheses, which say credit. */
export const formatDifference = (amount: DecimalText | null | undefined, locale: string) =>
  signed(amount, (size) => formatMagnitude(size, locale));

/** The same with every stored digit. */
export const exactDifference = (amount: DecimalText | null | undefined, locale: string) =>
  signed(amount, (size) => exactMoney(size.toFixed(), locale));

function signed(amount: DecimalText | null | undefined, write: (size: Exact) => string): string {
  const value = parseDecimal(amount);
  if (!value) return UNKNOWN_MARK;
  const text = write(value.abs());
  return value.isZero() ? text : `${value.isNegative() ? "−" : "+"}${text}`;
}

/** For axes and tight cards: "$1.2K", "$340", "$0.05". Geometry only, so a float does. */
export function compactMoney(amount: number, locale: string): string {
  const size = Math.abs(amount);
  const digits: Intl.NumberFormatOptions =
    size >= 1000
      ? { notation: "compact", maximumSignificantDigits: 3 }
      : { maximumFractionDigits: size === 0 || size >= 10 ? 0 : size >= 1 ? 2 : 4 };
  const text = numberFormat(locale, { ...currency, minimumFractionDigits: 0, ...digits }).format(size);
  return amount < 0 ? `(${text})` : text;
}

/** Plain digits for the clipboard and for files: "12.3456", "-0.02". Empty when unknown. */
export function plainMoney(amount: DecimalText | null | undefined): string {
  return parseDecimal(amount)?.toFixed() ?? "";
}

const currency = { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol" } as const;

function formatMagnitude(size: Exact, locale: string): string {
  if (size.isZero()) return dollars(size, locale, 2);
  if (size.lessThan(SMALLEST_SHOWN)) return `<${numberFormat(locale, withDecimals(4)).format(numeric(SMALLEST_SHOWN))}`;
  // 0.99996 rounds to a dollar, and a dollar has two decimals.
  const below = size.toDecimalPlaces(4).lessThan(1);
  return dollars(size, locale, below ? 4 : 2);
}

function dollars(size: Exact, locale: string, decimals: number): string {
  return numberFormat(locale, withDecimals(decimals)).format(numeric(size.toFixed(decimals)));
}

function withDecimals(decimals: number): Intl.NumberFormatOptions {
  return { ...currency, minimumFractionDigits: decimals, maximumFractionDigits: decimals };
}
