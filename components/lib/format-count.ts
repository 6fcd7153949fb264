import { type DecimalText, parseDecimal } from "@/components/lib/decimal";
import { UNKNOWN_MARK } from "@/components/lib/format-money";
import { numberFormat, numeric } from "@/components/lib/intl-cache";

/** Counts and tokens for reading: all digits below ten thousand, then "1.24M". Null is unknown, not zero. */
export function formatCount(count: DecimalText | number | null | undefined, locale: string): string {
  const value = parseDecimal(typeof count === "number" ? String(count) : count);
  if (!value) return UNKNOWN_MARK;
  if (value.abs().lessThan(10_000))
    return numberFormat(locale, { maximumFractionDigits: 2 }).format(numeric(value.toFixed()));
  return numberFormat(locale, { notation: "compact", minimumSignificantDigits: 3, maximumSignificantDigits: 3 }).format(
    numeric(value.toFixed()),
  );
}

/** Every digit, grouped: for hover. */
export function exactCount(count: DecimalText | number | null | undefined, locale: string): string {
  const value = parseDecimal(typeof count === "number" ? String(count) : count);
  if (!value) return UNKNOWN_MARK;
  return numberFormat(locale, { maximumFractionDigits: 20 }).format(numeric(value.toFixed()));
}

/** Axis labels: "0", "500", "1.2M". */
export function compactCount(count: number, locale: string): string {
  return numberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 }).format(count);
}

/** A share of the whole, 0 to 1: "12.4%"; small but not nothing reads "<0.1%". */
export function formatShare(ratio: number | null | undefined, locale: string): string {
  if (ratio === null || ratio === undefined || !Number.isFinite(ratio)) return UNKNOWN_MARK;
  const percent = numberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  if (ratio > 0 && ratio < 0.001) return `<${percent.format(0.001)}`;
  return percent.format(ratio);
}
