import { FEWEST_DIGITS } from "@/server/explore/closeness";

// How an amount of a UTC day is divided over hours: the same that apportioned.sql.ts has the database do. Pure.

/** An amount of money: a whole number of units of 10^-digits. */
export type Units = { units: bigint; digits: number };

/** @param text a decimal number; its digits are those that it needs, but FEWEST_DIGITS at least */
export function unitsOf(text: string): Units {
  const [whole = "0", fraction = ""] = text.split(".");
  const digits = Math.max(FEWEST_DIGITS, fraction.length);
  return { units: BigInt(whole + fraction.padEnd(digits, "0")), digits };
}

/** The units of an amount if it had more digits. */
export const unitsIn = (digits: number, amount: Units) => amount.units * 10n ** BigInt(digits - amount.digits);

/** The shortest decimal text of an amount. */
export function decimalOf({ units, digits }: Units): string {
  const text = String(units < 0n ? -units : units).padStart(digits + 1, "0");
  const point = text.length - digits;
  const fraction = text.slice(point).replace(/0+$/, "");
  return `${units < 0n ? "-" : ""}${text.slice(0, point)}${fraction && `.${fraction}`}`;
}

/** Requests of a UTC day that an amount is divided by: those up to the end of each stretch of hours that has any. */
export type Pace = { stretches: readonly number[]; soFar: readonly bigint[]; allDay: bigint };

/** @param counts requests by stretch, in order; not all zero */
export function paceOf(counts: readonly number[]): Pace {
  const stretches: number[] = [];
  const soFar: bigint[] = [];
  let allDay = 0;
  for (const [stretch, count] of counts.entries()) {
    if (count === 0) continue;
    allDay += count;
    stretches.push(stretch);
    soFar.push(BigInt(allDay));
  }
  return { stretches, soFar, allDay: BigInt(allDay) };
}

/**
 * The parts of an amount, a stretch of the pace each. Up to the end of a stretch it has given its share of the requests so
 * far, cut; so the last one gets what is left, and parts add up to the amount however they are gathered.
 */
export function divide(units: bigint, { soFar, allDay }: Pace): bigint[] {
  let given = 0n;
  return soFar.map((count) => {
    const upTo = (units * count) / allDay;
    const part = upTo - given;
    given = upTo;
    return part;
  });
}
