import type { OrgScope } from "@/server/auth/scope";
import { BASE, type Numbers } from "@/server/explore/packs/codec";
import { readColumns, WHOLE_DAY } from "@/server/explore/packs/columns.sql";
import { encodePack } from "@/server/explore/packs/encode";
import { bytesOf, decodePack, type PackBytes, packOf } from "@/server/explore/packs/pack";
import { readPacks, SERIES, SLOTS } from "@/server/explore/packs/packs.sql";
import { addUtcDays, type UtcDay } from "@/server/lib/time";

/** How many requests a series had in an hour (0 to 23) of a UTC day. */
export type HourOfSeries = { series: number; hour: number; count: number };

const MEASURE = "requests";

/** Requests by hour of some lists on a UTC day: of the packs of hours, and of the facts where there is none. */
export async function requestsByHour(
  scope: OrgScope,
  { streamIds, day }: { streamIds: readonly number[]; day: UtcDay },
): Promise<HourOfSeries[]> {
  const names = [SERIES, SLOTS, MEASURE];
  const stored = await readPacks(scope, { grain: "hour", zone: "UTC", streamIds, starts: [day], names });
  const packs = Map.groupBy(stored, (column) => column.streamId);
  const hours = [...packs.values()].map((columns) => hoursOf(bytesOf(columns)));
  for (const streamId of streamIds) {
    if (packs.has(streamId)) continue;
    const range = { from: day, to: addUtcDays(day, 1) };
    const asked = { streamId, facts: "usage_facts", grain: "hour", zone: "UTC", range, measures: [MEASURE] } as const;
    hours.push(...(await readColumns(scope, asked)).map((columns) => hoursOf(bytesOf(encodePack(columns)))));
  }
  return hours.flat();
}

/** What is kept by UTC day alone tells no hour. */
function hoursOf(columns: PackBytes): HourOfSeries[] {
  const encoded = packOf(columns, MEASURE);
  if (!encoded) return [];
  const pack = decodePack(encoded);
  const hours: HourOfSeries[] = [];
  for (const [row, series] of pack.ids.entries()) {
    const hour = pack.slots?.[row] ?? 0;
    const count = countOf(pack.numbers, row);
    if (hour !== WHOLE_DAY && count > 0) hours.push({ series, hour, count });
  }
  return hours;
}

const countOf = ({ parts }: Numbers, row: number) =>
  Number.isNaN(parts[0]?.[row]) ? 0 : parts.reduceRight((count, part) => count * BASE + (part[row] ?? 0), 0);
