import { createHash } from "node:crypto";
import { MS_PER_DAY, toUtcDay, type UtcDay } from "@/server/lib/time";
import { encodedRows } from "@/server/usage/copy-rows";
import { type ResolvedFacts, withRows } from "@/server/usage/resolved-facts";
import type { Window } from "@/server/usage/replace-window";

/**
 * SHA-256 of all facts of a stream's UTC day as they travel to the database, in the order of the table's key and with the
 * stored ids of their series: the same digest, the same facts.
 */
export type DayDigests = ReadonlyMap<UtcDay, Buffer>;

/** As far back as a trailing sync may ask again. Older days mostly come once: digests of a back-fill would be in vain. */
const ASKED_AGAIN_MS = 32 * MS_PER_DAY;

/** Digests of the days that a window holds as a whole and that will be asked for again, idle ones too. */
export function digestsOfDays(window: Window, facts: ResolvedFacts): DayDigests {
  const recent = window.fetchedAt.getTime() - ASKED_AGAIN_MS;
  const days = daysOfWindow(window).filter((day) => day >= recent && isWholeIn(window, day));
  return new Map(days.map((day) => [dayName(day), digestOf(withRows(facts, within(day, day + MS_PER_DAY)))]));
}

/** Whether a window holds all of the UTC day that begins then. @param day epoch milliseconds */
export const isWholeIn = ({ start, end }: Pick<Window, "start" | "end">, day: number): boolean =>
  day >= start.getTime() && day + MS_PER_DAY <= end.getTime();

/** From the first to the last day of a window that may hold something else than what is stored; null where none may. */
export function partThatMayDiffer<Asked extends Window>(
  window: Asked,
  given: DayDigests,
  stored: DayDigests,
): Asked | null {
  const open = daysOfWindow(window).filter((day) => {
    const digest = given.get(dayName(day));
    return digest === undefined || !stored.get(dayName(day))?.equals(digest);
  });
  const [first, last] = [open[0], open.at(-1)];
  if (first === undefined || last === undefined) return null;
  return {
    ...window,
    start: new Date(Math.max(first, window.start.getTime())),
    end: new Date(Math.min(last + MS_PER_DAY, window.end.getTime())),
  };
}

/** The rows of [start, end), in epoch milliseconds. */
export const within =
  (start: number, end: number) =>
  <Row extends { bucketStart: number }>(rows: readonly Row[]): Row[] =>
    rows.filter(({ bucketStart }) => bucketStart >= start && bucketStart < end);

function digestOf(facts: ResolvedFacts): Buffer {
  const hash = createHash("sha256");
  for (const chunk of encodedRows(facts)) hash.update(chunk);
  return hash.digest();
}

/** The beginnings of the UTC days that a window touches, in epoch milliseconds. */
function daysOfWindow({ start, end }: Window): number[] {
  const first = Math.floor(start.getTime() / MS_PER_DAY) * MS_PER_DAY;
  return Array.from({ length: Math.ceil((end.getTime() - first) / MS_PER_DAY) }, (_, i) => first + i * MS_PER_DAY);
}

const dayName = (day: number): UtcDay => toUtcDay(new Date(day));
