import { type DecimalText, parseDecimal } from "@/components/lib/decimal";
import { numberFormat } from "@/components/lib/intl-cache";

export type Change =
  | { kind: "unknown" }
  | { kind: "same" }
  /** There was nothing before, so no percentage exists. */
  | { kind: "new" }
  | { kind: "up" | "down"; ratio: number };

/** How a figure moved against an earlier one; both decimal texts, unknown when either is. */
export function changeBetween(
  current: DecimalText | null | undefined,
  previous: DecimalText | null | undefined,
): Change {
  const now = parseDecimal(current);
  const before = parseDecimal(previous);
  if (!now || !before) return { kind: "unknown" };
  if (now.equals(before)) return { kind: "same" };
  if (before.isZero()) return { kind: "new" };
  const ratio = now.minus(before).div(before.abs()).toNumber();
  return { kind: ratio > 0 ? "up" : "down", ratio };
}

/** "+12.3%", "−4%"; large moves lose their decimals, and beyond tenfold it says "12×". */
export function formatChange(ratio: number, locale: string): string {
  if (ratio >= 9) return `${numberFormat(locale, { maximumFractionDigits: 0 }).format(ratio + 1)}×`;
  const size = Math.abs(ratio);
  // What rounds to nothing has no direction either.
  if (size < 0.0005) return numberFormat(locale, { style: "percent" }).format(0);
  const text = numberFormat(locale, { style: "percent", maximumFractionDigits: size < 1 ? 1 : 0 }).format(size);
  return `${ratio < 0 ? "−" : "+"}${text}`;
}
