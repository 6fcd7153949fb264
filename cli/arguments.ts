import { InvalidArgumentError } from "commander";
import { addDays, FIRST_DAY, MAX_RANGE_DAYS, parseUtcDay, toUtcDay, type UtcDay } from "@/server/lib/time";
import { UsageError } from "@/cli/command";
import { type ExploreFilter, parseFilter } from "@/server/explore/constants";

/** A calendar day as YYYY-MM-DD, since when there is usage at all. */
export function dayArgument(text: string): UtcDay {
  try {
    return toUtcDay(parseUtcDay(text));
  } catch {
    throw new InvalidArgumentError(`Give a UTC day from ${FIRST_DAY} on, such as 2026-10-01.`);
  }
}

/** A list with commas of some of the `allowed` words; repetitions count once, the order stays. */
export const listArgument =
  <const Word extends string>(allowed: readonly Word[]) =>
  (text: string): Word[] => {
    const words = text.split(",").map((word) => word.trim());
    const known = words.flatMap((word) => allowed.filter((candidate) => candidate === word));
    if (known.length < words.length) throw new InvalidArgumentError(`Choose from ${allowed.join(", ")}.`);
    return [...new Set(known)];
  };

export function integerArgument(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("Give a whole number.");
  return Number(text);
}

/** @throws UsageError unless the range holds a day and at most five years. */
export function dayRange(from: UtcDay, to: UtcDay): { from: UtcDay; to: UtcDay } {
  if (from >= to) throw new UsageError(`--to is exclusive and must be after --from, but ${to} is not after ${from}.`);
  if (addDays(parseUtcDay(from), MAX_RANGE_DAYS) < parseUtcDay(to))
    throw new UsageError("A range holds at most five years.");
  return { from, to };
}

/** One more condition of a question: "project=proj_a", "model!=x", "user~anna". */
export function filterArgument(text: string, before: ExploreFilter[]): ExploreFilter[] {
  const filter = parseFilter(text);
  if (!filter) throw new InvalidArgumentError('Give a condition such as "project=proj_a", "model!=x" or "user~anna".');
  return [...before, filter];
}
