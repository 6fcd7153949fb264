import { compareDecimals, multiplyDecimals, subtractDecimals } from "@/server/lib/money";
import type { GapReason, PriceCheckLine } from "@/server/reconciliation/schema";

/** So much of a line, or so many dollars, is what adding up rounded amounts may leave. */
const ROUNDING_SHARE = "0.000001";
const ROUNDING_USD = "0.00001";

export type Gap = {
  billed: string;
  expected: string;
  /** Of the days that are complete in the bill and in usage. */
  billedSettled: string;
  expectedSettled: string;
  isMetered: boolean;
  /** Some or all of what was used has no price. */
  isUnpriced: boolean;
  isBilled: boolean;
};

/** Why a line is not billed at what was expected: reasons that add up to billed - expected. Pure. */
export function explainGap(gap: Gap): PriceCheckLine["reasons"] {
  const whole = subtractDecimals(gap.billed, gap.expected);
  const untold = untoldReason(gap);
  if (untold) return isZero(whole) && untold !== "no_price" ? [] : [{ code: untold, amount: whole }];
  const settled = subtractDecimals(gap.billedSettled, gap.expectedSettled);
  const open = subtractDecimals(whole, settled);
  return [
    ...(isZero(settled) ? [] : [{ code: judgedReason(settled, gap), amount: settled }]),
    ...(isZero(open) ? [] : [{ code: "not_settled" as const, amount: open }]),
  ];
}

/** Why nothing, or not all, can be expected, whatever the day. */
function untoldReason({ isMetered, isUnpriced }: Gap): GapReason | null {
  if (!isMetered) return "not_metered";
  return isUnpriced ? "no_price" : null;
}

function judgedReason(difference: string, { isBilled, billedSettled }: Gap): GapReason {
  if (!isBilled) return "not_billed";
  if (isRounding(difference, billedSettled)) return "rounding";
  return compareDecimals(difference, "0") < 0 ? "below_list" : "above_list";
}

const isZero = (amount: string) => compareDecimals(amount, "0") === 0;

const absolute = (amount: string) => amount.replace(/^-/, "");

const isRounding = (difference: string, billed: string) =>
  compareDecimals(absolute(difference), ROUNDING_USD) <= 0 ||
  compareDecimals(absolute(difference), multiplyDecimals(absolute(billed), ROUNDING_SHARE)) <= 0;
