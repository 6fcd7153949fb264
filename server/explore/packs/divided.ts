import type { OrgScope } from "@/server/auth/scope";
import { closeness } from "@/server/explore/closeness";
import { readColumns, WHOLE_DAY } from "@/server/explore/packs/columns.sql";
import { decimalOf, divide, type Pace, paceOf, type Units, unitsIn, unitsOf } from "@/server/explore/packs/divide";
import type { Columns } from "@/server/explore/packs/encode";
import { type HourOfSeries, requestsByHour } from "@/server/explore/packs/requests";
import { type NamesOfSeries, namesOfSeries } from "@/server/explore/packs/series.sql";
import type { Stretch } from "@/server/explore/packs/wanted";
import { wallTime } from "@/server/explore/zone";
import { addUtcDays, MS_PER_HOUR, parseUtcDay, toUtcDay, type UtcDay } from "@/server/lib/time";

/** Costs of a list by hour, or by day of another zone; what cannot be divided stays with its UTC day (WHOLE_DAY). */
export async function readDivided(scope: OrgScope, stretch: Stretch): Promise<Columns[]> {
  const { range } = stretch;
  const { days, names } = await readAmounts(scope, stretch);
  const packs = new Packs(Math.max(0, ...days.map(({ rows }) => digitsOf(rows))));
  // Hours are many: those of one day at a time.
  for (const { day, rows } of days) {
    const cuts = cutsOf(day, stretch);
    const paceOfSeries = await paceFinder(scope, day, { stretch, names, cuts });
    for (const { series, amount } of rows) {
      const pace = paceOfSeries(series);
      if (!pace) packs.add({ starts: day, slot: WHOLE_DAY }, series, amount);
      else {
        for (const [i, units] of divide(amount.units, pace).entries()) {
          const place = cuts.stretches[pace.stretches[i] ?? 0];
          if (place) packs.add(place, series, { ...amount, units });
        }
      }
    }
  }
  return packs.columns().filter(({ starts }) => starts >= range.from && starts < range.to);
}

type Amount = { series: number; amount: Units };
type Amounts = { days: { day: UtcDay; rows: Amount[] }[]; names: Map<number, NamesOfSeries> };

/** Amounts of the UTC days that the stretch has parts of, and whose they are. Money that is no dollars is in no figure. */
async function readAmounts(scope: OrgScope, { stream, zone, range }: Stretch): Promise<Amounts> {
  const around = zone === "UTC" ? range : { from: addUtcDays(range.from, -1), to: addUtcDays(range.to, 1) };
  const asked = { streamId: stream.id, facts: "cost_facts", grain: "day", zone: "UTC", range: around } as const;
  const costs = await readColumns(scope, { ...asked, measures: ["amount"] });
  const names = await namesOfSeries(scope, new Set(costs.flatMap(({ series }) => series)));
  const days = costs.map(({ starts, series, measures }) => {
    const texts = measures.amount?.split(",") ?? [];
    const rows = series.map((id, row): Amount => ({ series: id, amount: unitsOf(texts[row] ?? "0") }));
    return { day: starts, rows: rows.filter(({ series: id }) => names.get(id)?.currency === "usd") };
  });
  return { days, names };
}

const digitsOf = (rows: readonly Amount[]) => rows.reduce((most, { amount }) => Math.max(most, amount.digits), 0);

type Known = { stretch: Stretch; names: Map<number, NamesOfSeries>; cuts: Cuts };

/** By which requests of the day the amounts of a series are divided; whose these are is added to the names. */
async function paceFinder(scope: OrgScope, day: UtcDay, { stretch, names, cuts }: Known) {
  const { requestStreams, isOfPersons } = stretch.stream;
  const hours = await requestsByHour(scope, { streamIds: requestStreams, day });
  const strangers = new Set(hours.map(({ series }) => series)).difference(names);
  for (const [id, own] of await namesOfSeries(scope, strangers)) names.set(id, own);
  const levels = isOfPersons ? closeness.person : closeness.project;
  const paces = pacesOf(hours, { names, levels, cuts });
  return (series: number) => {
    const own = names.get(series);
    return levels.map((level) => paces.get(whoOf(level, own))).find((pace) => pace);
  };
}

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

type Level = readonly (keyof NamesOfSeries)[];

/** Which level, and whose: the same texts at the same level. */
const whoOf = (level: Level, names: NamesOfSeries | undefined) =>
  JSON.stringify(level.map((column) => [column, names?.[column]]));

type Levelled = { names: ReadonlyMap<number, NamesOfSeries>; levels: readonly Level[]; cuts: Cuts };

/** By whom amounts of the day can be divided. */
function pacesOf(hours: readonly HourOfSeries[], { names, levels, cuts }: Levelled): Map<string, Pace> {
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

  add({ starts, slot }: Place, series: number, amount: Units) {
    const pack = this.packs.get(starts) ?? new Map<number, bigint>();
    this.packs.set(starts, pack);
    const row = series * ROOM + slot;
    pack.set(row, (pack.get(row) ?? 0n) + unitsIn(this.digits, amount));
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
