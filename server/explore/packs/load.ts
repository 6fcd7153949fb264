import type { OrgScope } from "@/server/auth/scope";
import { type Aspect, aspectsTelling, nameIn } from "@/server/explore/packs/aspects";
import { encodePack } from "@/server/explore/packs/encode";
import { bytesOf, type EncodedPack, type PackBytes, packOf } from "@/server/explore/packs/pack";
import * as sql from "@/server/explore/packs/packs.sql";
import type { Unit } from "@/server/explore/packs/plan";
import { readDays } from "@/server/explore/packs/read-days";
import { type PackedStream, packedStreams } from "@/server/explore/packs/streams.sql";
import { daysOf, isCut, type Kind, stretchesOf } from "@/server/explore/packs/wanted";
import type { SeriesColumn } from "@/server/explore/source";
import { addUtcDays } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

/** Days that were just synced are read from the facts until their packs are made; more than that many are not waited for. */
const MAX_UNPACKED_DAYS = 4;

/** A pack to be added up. */
export type LoadedPack = EncodedPack & { streamId: number; unit: Unit };

type Asked = {
  /** The columns of series that matter, by list: of each pack the first aspect that tells them is read, else all rows. */
  columns: ReadonlyMap<number, readonly SeriesColumn[]>;
  units: readonly Unit[];
  measure: string;
};

/** The packs of some lists, or null where the organization has none or lacks too many: then the facts have to be read. */
export async function loadPacks(scope: OrgScope, asked: Asked): Promise<LoadedPack[] | null> {
  const { columns, units, measure } = asked;
  const streamIds = [...columns.keys()];
  if (units.length === 0 || streamIds.length === 0) return null;
  const all = units.flatMap(withFiner);
  const zones = [...new Set(all.map(({ zone }) => zone))];
  const aspects = new Map(columns.entries().map(([id, own]) => [id, aspectsTelling(own)]));
  const refs = await sql.listPacks(scope, zones, {
    streamIds,
    range: rangeOf(all),
    aspects: [...new Set([...aspects.values()].flat())],
  });
  if (refs.length === 0) return null;
  const there = new Set(refs.map(nameOfPack));
  const { packed, unpacked } = choose(await packedStreams(scope, streamIds), units, { there, aspects });
  if (new Set(unpacked.map(({ unit }) => unit.starts)).size > MAX_UNPACKED_DAYS) return null;
  return [...(await readStored(scope, packed, measure)), ...(await readFacts(scope, unpacked, measure))];
}

const withFiner = (unit: Unit): Unit[] => [unit, ...unit.days];

/** From the first of the units' days to the last one. */
function rangeOf(units: readonly Unit[]): DayRange {
  const days = units.map(({ starts }) => starts);
  const [first, last] = [days.reduce((a, b) => (a < b ? a : b)), days.reduce((a, b) => (a > b ? a : b))];
  return { from: first, to: addUtcDays(last, 1) };
}

const nameOfPack = (pack: sql.PackRef & { name: string }) => `${sql.packId(pack)} ${pack.name}`;

/** @property there names of packs, see nameOfPack */
type There = { there: ReadonlySet<string>; aspects: ReadonlyMap<number, readonly Aspect[]> };
type Choice = { packed: Wanted[]; unpacked: Wanted[] };

/** A month without a pack is read by the day; of days without one, those that may have facts are told apart. */
function choose(streams: readonly PackedStream[], units: readonly Unit[], { there, aspects }: There): Choice {
  const choice: Choice = { packed: [], unpacked: [] };
  for (const stream of streams) {
    const own = aspects.get(stream.id) ?? [];
    const has = (unit: Unit, aspect: Aspect | null = null) =>
      there.has(nameOfPack({ ...unit, streamId: stream.id, name: nameIn(aspect, sql.SERIES) }));
    for (const unit of units.flatMap((asked) => (asked.days.length === 0 || has(asked) ? [asked] : asked.days))) {
      const { from, to } = daysOf(stream, unit.zone);
      if (has(unit)) choice.packed.push({ stream, unit, aspect: own.find((aspect) => has(unit, aspect)) ?? null });
      else if (unit.starts >= from && unit.starts < to) choice.unpacked.push({ stream, unit, aspect: null });
    }
  }
  return choice;
}

/** @property aspect null for all rows */
type Wanted = { stream: PackedStream; unit: Unit; aspect: Aspect | null };

/** What is wanted of a list, by kind and aspect; `starts` are its days, each once. */
function byList(wanted: readonly Wanted[]) {
  const alike = Map.groupBy(wanted, ({ stream, unit, aspect }) => `${stream.id} ${unit.grain} ${unit.zone} ${aspect}`);
  return [...alike.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { stream, unit, aspect } = first;
    const units = own.map((each) => each.unit);
    return { stream, grain: unit.grain, zone: unit.zone, aspect, units, starts: [...new Set(units.map(startsOf))] };
  });
}

const startsOf = ({ starts }: Unit) => starts;

async function readStored(scope: OrgScope, wanted: readonly Wanted[], measure: string): Promise<LoadedPack[]> {
  const columns = new Map<string, PackBytes>();
  // Lists with the very same days at once: what is read is what was asked for.
  const together = Map.groupBy(
    byList(wanted),
    ({ grain, zone, aspect, starts }) => `${grain} ${zone} ${aspect} ${starts.join()}`,
  );
  for (const lists of together.values()) {
    const [first] = lists;
    if (!first) continue;
    const { grain, zone, aspect, starts } = first;
    const names = namesOf(first, measure).map((name) => nameIn(aspect, name));
    const streamIds = lists.map(({ stream }) => stream.id);
    for (const column of await sql.readPacks(scope, { grain, zone, streamIds, starts, names })) {
      const id = sql.packId({ ...column, zone });
      columns.set(id, { ...columns.get(id), [column.name]: column.data });
    }
  }
  return wanted.flatMap(({ stream, unit, aspect }) => {
    const own = columns.get(sql.packId({ ...unit, streamId: stream.id })) ?? {};
    return asLoaded({ streamId: stream.id, unit }, packOf(own, measure, aspect));
  });
}

const namesOf = (kind: Kind, measure: string) => [sql.SERIES, measure, ...(isCut(kind) ? [sql.SLOTS] : [])];

/** None where nothing of the measure is known. */
const asLoaded = (of: Pick<LoadedPack, "streamId" | "unit">, pack: EncodedPack | null): LoadedPack[] =>
  pack ? [{ ...of, ...pack }] : [];

/** What is not packed yet, made for this question alone. Months are read by the day then. */
async function readFacts(scope: OrgScope, unpacked: readonly Wanted[], measure: string): Promise<LoadedPack[]> {
  const packs: LoadedPack[] = [];
  for (const { stream, grain, zone, units, starts } of byList(unpacked)) {
    if (grain === "month") continue;
    for (const range of stretchesOf(starts.toSorted(), grain, MAX_UNPACKED_DAYS)) {
      for (const found of await readDays(scope, { stream, grain, zone, range }, [measure])) {
        const pack = packOf(bytesOf(encodePack(found)), measure);
        const own = units.filter((unit) => unit.starts === found.starts);
        packs.push(...own.flatMap((unit) => asLoaded({ streamId: stream.id, unit }, pack)));
      }
    }
  }
  return packs;
}
