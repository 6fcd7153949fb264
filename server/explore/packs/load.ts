import type { OrgScope } from "@/server/auth/scope";
import { encodePack } from "@/server/explore/packs/build";
import { decodeIds, decodeNumbers, type Numbers, type NumberShape, shapeOfNumbers } from "@/server/explore/packs/codec";
import { isCut, readColumns } from "@/server/explore/packs/columns.sql";
import * as sql from "@/server/explore/packs/packs.sql";
import type { Unit } from "@/server/explore/packs/plan";
import { type PackedStream, packedStreams } from "@/server/explore/packs/streams.sql";
import { daysOf, type Kind, stretchesOf } from "@/server/explore/packs/wanted";
import { addUtcDays } from "@/server/lib/time";
import type { Grain } from "@/server/usage/packs.sql";
import type { DayRange } from "@/server/usage/schema";

/** Days that were just synced are read from the facts until their packs are made; more than that many are not waited for. */
const MAX_UNPACKED_DAYS = 4;

export type Pack = { ids: Float64Array; slots: Uint8Array | null; numbers: Numbers };

/** A pack to be added up, as it is stored: what all packs of a question come to is decoded one at a time. */
export type LoadedPack = {
  streamId: number;
  unit: Unit;
  /** Of its numbers, without decoding them. */
  shape: NumberShape;
  decode: () => Pack;
};

type Asked = { streamIds: readonly number[]; units: readonly Unit[]; measure: string };

/**
 * The packs of some lists, or null where the organization has none or lacks too many: then the facts have to be read.
 * @param units all of one zone
 */
export async function loadPacks(scope: OrgScope, asked: Asked): Promise<LoadedPack[] | null> {
  const { streamIds, units, measure } = asked;
  const zone = units[0]?.zone;
  if (zone === undefined || streamIds.length === 0) return null;
  const refs = await sql.listPacks(scope, zone, { streamIds, range: rangeOf(units) });
  if (refs.length === 0) return null;
  const there = new Set(refs.map(sql.packId));
  const { packed, unpacked } = choose(await packedStreams(scope, streamIds), { zone, units, there });
  if (new Set(unpacked.map(({ unit }) => unit.starts)).size > MAX_UNPACKED_DAYS) return null;
  return [...(await readStored(scope, packed, measure)), ...(await readFacts(scope, unpacked, measure))];
}

/** From the first of the units' days to the last one. */
function rangeOf(units: readonly Unit[]): DayRange {
  const days = units.flatMap((unit) => [unit, ...unit.days]).map(({ starts }) => starts);
  const [first, last] = [days.reduce((a, b) => (a < b ? a : b)), days.reduce((a, b) => (a > b ? a : b))];
  return { from: first, to: addUtcDays(last, 1) };
}

type Choice = { packed: Wanted[]; unpacked: Wanted[] };

/** A month without a pack is read by the day; of days without one, those that may have facts are told apart. */
function choose(
  streams: readonly PackedStream[],
  { zone, units, there }: { zone: string; units: readonly Unit[]; there: ReadonlySet<string> },
): Choice {
  const choice: Choice = { packed: [], unpacked: [] };
  for (const stream of streams) {
    const { from, to } = daysOf(stream, zone);
    const has = (unit: Unit) => there.has(sql.packId({ ...unit, streamId: stream.id }));
    for (const unit of units.flatMap((asked) => (asked.days.length === 0 || has(asked) ? [asked] : asked.days))) {
      if (has(unit)) choice.packed.push({ stream, unit });
      else if (unit.starts >= from && unit.starts < to) choice.unpacked.push({ stream, unit });
    }
  }
  return choice;
}

type Wanted = { stream: PackedStream; unit: Unit };

async function readStored(scope: OrgScope, wanted: readonly Wanted[], measure: string): Promise<LoadedPack[]> {
  const columns = new Map<string, Columns>();
  for (const [grain, ofGrain] of Map.groupBy(wanted, ({ unit }) => unit.grain)) {
    const zone = ofGrain[0]?.unit.zone ?? "UTC";
    const starts = [...new Set(ofGrain.map(({ unit }) => unit.starts))];
    const streamIds = [...new Set(ofGrain.map(({ stream }) => stream.id))];
    for (const column of await sql.readPacks(scope, {
      grain,
      zone,
      streamIds,
      starts,
      names: namesOf({ grain, zone }, measure),
    })) {
      const id = sql.packId(column);
      columns.set(id, { ...columns.get(id), [column.name]: column.data });
    }
  }
  return wanted.flatMap(({ stream, unit }) =>
    asLoaded({ streamId: stream.id, unit }, columns.get(sql.packId({ ...unit, streamId: stream.id })) ?? {}, measure),
  );
}

const namesOf = (kind: Kind, measure: string) => [sql.SERIES, measure, ...(isCut(kind) ? [sql.SLOTS] : [])];

type Columns = Record<string, Uint8Array>;

/** None where nothing of the measure is known. */
function asLoaded(of: Pick<LoadedPack, "streamId" | "unit">, columns: Columns, measure: string): LoadedPack[] {
  const [series, values] = [columns[sql.SERIES], columns[measure]];
  if (!series || !values) return [];
  const decode = (): Pack => {
    const ids = decodeIds(series);
    return { ids, slots: columns[sql.SLOTS] ?? null, numbers: decodeNumbers(values, ids.length) };
  };
  return [{ ...of, shape: shapeOfNumbers(values), decode }];
}

/** What is not packed yet, made for this question alone. */
async function readFacts(scope: OrgScope, unpacked: readonly Wanted[], measure: string): Promise<LoadedPack[]> {
  const packs: LoadedPack[] = [];
  for (const [stream, wanted] of Map.groupBy(unpacked, (each) => each.stream)) {
    const grain: Grain = wanted[0]?.unit.grain ?? "day";
    const zone = wanted[0]?.unit.zone ?? "UTC";
    const starts = [...new Set(wanted.map(({ unit }) => unit.starts))].toSorted();
    for (const range of stretchesOf(starts, grain, MAX_UNPACKED_DAYS)) {
      for (const found of await readColumns(scope, { stream, grain, zone, range }, [measure])) {
        const columns = Object.fromEntries(encodePack(found).map(({ name, data }) => [name, data]));
        const units = wanted.filter(({ unit }) => unit.starts === found.starts);
        packs.push(...units.flatMap(({ unit }) => asLoaded({ streamId: stream.id, unit }, columns, measure)));
      }
    }
  }
  return packs;
}
