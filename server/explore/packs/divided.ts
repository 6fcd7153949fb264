import type { OrgScope } from "@/server/auth/scope";
import { closeness } from "@/server/explore/closeness";
import { readColumns, WHOLE_DAY } from "@/server/explore/packs/columns.sql";
import { decimalOf, divide, type Pace, paceOf, type Units, unitsOf } from "@/server/explore/packs/divide";
import type { Columns } from "@/server/explore/packs/encode";
import { type HourOfSeries, requestsByHour } from "@/server/explore/packs/requests";
import { type NamesOfSeries, namesOfSeries } from "@/server/explore/packs/series.sql";
import type { Stretch } from "@/server/explore/packs/wanted";
import { wallTime } from "@/server/explore/zone";
import { addUtcDays, MS_PER_HOUR, parseUtcDay, toUtcDay, type UtcDay } from "@/server/lib/time";

/** Costs of a list by hour, or by day of another zone; what cannot be divided stays with its UTC day (WHOLE_DAY). */
export async function readDivided(scope: OrgScope, { stream, grain, zone, range }: Stretch): Promise<Columns[]> {
  const around = zone === "UTC" ? range : { from: addUtcDays(range.from, -1), to: addUtcDays(range.to, 1) };
  const asked = { streamId: stream.id, facts: "cost_facts", grain: "day", zone: "UTC", range: around } as const;
  const costs = await readColumns(scope, { ...asked, measures: ["amount"] });
  const names = new Map(await namesOfSeries(scope, [...new Set(costs.flatMap(({ series }) => series))]));
  const levels = stream.isOfPersons ? closeness.person : closeness.project;
  const amounts = costs.map((day) => ({ day: day.starts, rows: amountsOf(day, names) }));
  const digits = Math.max(0, ...amounts.map(({ rows }) => digitsOf(rows)));
  const packs = new Packs(digits);
  // Hours are many: those of one day at a time.
  for (const { day, rows } of amounts) {
    const hours = await requestsByHour(scope, { streamIds: stream.requestStreams, day });
    const others = new Set(hours.map(({ series }) => series)).difference(names);
    for (const [id, own] of await namesOfSeries(scope, [...others])) names.set(id, own);
    const cuts = cutsOf(day, { grain, zone });
    const paces = pacesOf(hours, { names, levels, cuts });
    for (const { series, amount } of rows) {
      const pace = levels.map((level) => paces.get(whoOf(level, names.get(series)))).find((found) => found);
      if (!pace) packs.add({ starts: day, slot: WHOLE_DAY }, series, amount);
      else {
        for (const [i, units] of divide(amount.units, pace).entries()) {
          const cut = cuts.stretches[pace.stretches[i] ?? 0];
          if (cut) packs.add(cut, series, { ...amount, units });
        }
      }
    }
  }
  return packs.columns().filter(({ starts }) => starts >= range.from && starts < range.to);
}

type Names = ReadonlyMap<number, NamesOfSeries>;
type Level = readonly (keyof NamesOfSeries)[];

/** Money that is no dollars is in no figure. */
function amountsOf({ series, measures }: Columns, names: Names) {
  const texts = measures.amount?.split(",") ?? [];
  return series.flatMap((id, row) =>
    names.get(id)?.currency === "usd" ? [{ series: id, amount: unitsOf(texts[row] ?? "0") }] : [],
  );
}

const digitsOf = (rows: readonly { amount: Units }[]) =>
  rows.reduce((most, { amount }) => Math.max(most, amount.digits), 0);

/** Where a part goes: the day that its pack begins with, and the slot there. */
type Place = { starts: UtcDay; slot: number };
type Cuts = { stretches: Place[]; stretchOfHour: number[] };

/** The stretches that the hours of a UTC day are in: each hour by itself, or those of the same day of the zone. */
function cutsOf(day: UtcDay, { grain, zone }: Pick<Stretch, "grain" | "zone">): Cuts {
  const cuts: Cuts = { stretches: [], stretchOfHour: [] };
  for (let hour = 0; hour < WHOLE_DAY; hour++) {
    const instant = new Date(parseUtcDay(day).getTime() + hour * MS_PER_HOUR);
    const place =
      grain === "hour" ? { starts: day, slot: hour } : { starts: toUtcDay(wallTime(zone, instant)), slot: 0 };
    const last = cuts.stretches.at(-1);
    if (last?.starts !== place.starts || last.slot !== place.slot) cuts.stretches.push(place);
    cuts.stretchOfHour.push(cuts.stretches.length - 1);
  }
  return cuts;
}

/** Which level, and whose: the same texts at the same level. */
const whoOf = (level: Level, names: NamesOfSeries | undefined) =>
  JSON.stringify(level.map((column) => [column, names?.[column]]));

type Known = { names: Names; levels: readonly Level[]; cuts: Cuts };

/** By whom amounts of the day can be divided. */
function pacesOf(hours: readonly HourOfSeries[], { names, levels, cuts }: Known): Map<string, Pace> {
  const counts = new Map<string, number[]>();
  for (const [series, own] of Map.groupBy(hours, (hour) => hour.series)) {
    for (const level of levels) {
      const who = whoOf(level, names.get(series));
      const sums = counts.get(who) ?? cuts.stretches.map(() => 0);
      for (const { hour, count } of own) {
        const stretch = cuts.stretchOfHour[hour] ?? 0;
        sums[stretch] = (sums[stretch] ?? 0) + count;
      }
      counts.set(who, sums);
    }
  }
  return new Map(counts.entries().map(([who, sums]) => [who, paceOf(sums)]));
}

/** Packs in the making. */
class Packs {
  private readonly packs = new Map<UtcDay, Map<number, bigint>>();

  /** @param digits as many as any amount has */
  constructor(private readonly digits: number) {}

  add({ starts, slot }: Place, series: number, { units, digits }: Units) {
    const pack = this.packs.get(starts) ?? new Map<number, bigint>();
    this.packs.set(starts, pack);
    const row = series * ROOM + slot;
    pack.set(row, (pack.get(row) ?? 0n) + units * 10n ** BigInt(this.digits - digits));
  }

  columns(): Columns[] {
    return [...this.packs].map(([starts, pack]) => {
      const rows = [...pack.keys()].toSorted((a, b) => a - b);
      const amount = rows.map((row) => decimalOf({ units: pack.get(row) ?? 0n, digits: this.digits })).join(",");
      return {
        starts,
        series: rows.map((row) => Math.floor(row / ROOM)),
        slots: rows.map((row) => row % ROOM),
        measures: { amount },
      };
    });
  }
}

/** A series and its slot as one number. */
const ROOM = 32;
