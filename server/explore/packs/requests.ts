import type { OrgScope } from "@/server/auth/scope";
import { BASE, type Numbers, UNKNOWN } from "@/server/explore/packs/codec";
import { readColumns, WHOLE_DAY } from "@/server/explore/packs/columns.sql";
import { encodePack } from "@/server/explore/packs/encode";
import { packOf } from "@/server/explore/packs/pack";
import { readPacks, SERIES, SLOTS } from "@/server/explore/packs/packs.sql";
import { stretchesOf } from "@/server/explore/packs/wanted";
import { type UtcDay, utcDaysBetween } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

/** How many requests a series had in an hour (0 to 23) of a UTC day. */
export type HourOfSeries = { series: number; hour: number; count: number };

const MEASURE = "requests";

/** At once: what one statement sorts stays small. */
const DAYS_AT_ONCE = 4;

/** Requests by hour of some lists, by UTC day: of the packs of hours, and of the facts where there is none. */
export async function requestsByHour(
  scope: OrgScope,
  { streamIds, range }: { streamIds: readonly number[]; range: DayRange },
): Promise<Map<UtcDay, HourOfSeries[]>> {
  const found = new Map<UtcDay, HourOfSeries[]>();
  const add = (day: UtcDay, columns: Record<string, Uint8Array>) =>
    found.set(day, [...(found.get(day) ?? []), ...hoursOf(columns)]);
  const starts = utcDaysBetween(range.from, range.to);
  const names = [SERIES, SLOTS, MEASURE];
  const stored = await readPacks(scope, { grain: "hour", zone: "UTC", streamIds, starts, names });
  for (const streamId of streamIds) {
    const packs = Map.groupBy(
      stored.filter((column) => column.streamId === streamId),
      (column) => column.starts,
    );
    for (const [day, columns] of packs) add(day, toRecord(columns));
    const missing = starts.filter((day) => !packs.has(day));
    for (const days of stretchesOf(missing, "hour", DAYS_AT_ONCE)) {
      const asked = {
        streamId,
        facts: "usage_facts",
        grain: "hour",
        zone: "UTC",
        range: days,
        measures: [MEASURE],
      } as const;
      for (const columns of await readColumns(scope, asked)) add(columns.starts, toRecord(encodePack(columns)));
    }
  }
  return found;
}

const toRecord = (columns: readonly { name: string; data: Uint8Array }[]) =>
  Object.fromEntries(columns.map(({ name, data }) => [name, data]));

/** What is kept by UTC day alone tells no hour. */
function hoursOf(columns: Record<string, Uint8Array>): HourOfSeries[] {
  const pack = packOf(columns, MEASURE)?.decode();
  if (!pack) return [];
  const hours: HourOfSeries[] = [];
  for (const [row, series] of pack.ids.entries()) {
    const hour = pack.slots?.[row] ?? 0;
    const count = countOf(pack.numbers, row);
    if (hour !== WHOLE_DAY && count > 0) hours.push({ series, hour, count });
  }
  return hours;
}

const countOf = ({ parts }: Numbers, row: number) =>
  parts[0]?.[row] === UNKNOWN ? 0 : parts.reduceRight((count, part) => count * BASE + (part[row] ?? 0), 0);
