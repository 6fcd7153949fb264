import { Decimal } from "decimal.js";

const Exact = Decimal.clone({ precision: 80, toExpNeg: -80, toExpPos: 80 });

/** "$1,234.50" or "($1,234.50)" as a number without trailing zeros: "1234.5", "-1234.5". */
export function plain(amount: string): string {
  const text = amount.replace(/^Credit: /, "").replaceAll(/[$,]/g, "");
  return new Exact(text.startsWith("(") ? `-${text.slice(1, -1)}` : text).toFixed();
}

export const sum = (amounts: readonly string[]): string =>
  amounts.reduce((total, amount) => total.plus(amount), new Exact(0)).toFixed();

/** The amount as a reader sees it: "$1,234.50". */
export function inCents(amount: string): string {
  const [whole = "", cents = ""] = new Exact(amount).toFixed(2).split(".");
  return `$${whole.replaceAll(/\B(?=(\d{3})+$)/g, ",")}.${cents}`;
}
