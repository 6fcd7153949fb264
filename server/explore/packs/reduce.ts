import { type Aspect, aspectNames, nameIn } from "@/server/explore/packs/aspects";
import { decodeIds, decodeNumbers, encodeIds, encodeNumbers, Room, shapeOfNumbers } from "@/server/explore/packs/codec";
import { WHOLE_DAY } from "@/server/explore/packs/columns.sql";
import { ExactSums, shapeOf } from "@/server/explore/packs/exact-sums";
import { type NamedBytes, SERIES, SLOTS } from "@/server/explore/packs/packs.sql";

/** The first series with the same in the columns of each aspect, by series. */
export type Representatives = ReadonlyMap<number, Readonly<Record<Aspect, number>>>;

/** An aspect with more of a pack's rows is not worth its room. */
const WORTH_ROWS = 0.5;

/** The aspects of a pack: columns with names of their own. Pure. @param pack its columns */
export function reducePack(
  pack: readonly NamedBytes[],
  representatives: Representatives,
  { worthRows = WORTH_ROWS } = {},
): NamedBytes[] {
  const bytesOf = (wanted: string) => pack.find(({ name }) => name === wanted)?.data;
  const ids = decodeIds(bytesOf(SERIES) ?? new Uint8Array());
  const slots = bytesOf(SLOTS) ?? null;
  const measures = pack.filter(({ name }) => name !== SERIES && name !== SLOTS);
  const room = new Room();
  return aspectNames.flatMap((aspect) => {
    const rows = rowsOf({ ids: ids.map((id) => representatives.get(id)?.[aspect] ?? id), slots });
    if (ids.length === 0 || rows.series.length > ids.length * worthRows) return [];
    return [
      { name: nameIn(aspect, SERIES), data: encodeIds(rows.series) },
      ...(slots ? [{ name: nameIn(aspect, SLOTS), data: Uint8Array.from(rows.slots) }] : []),
      ...measures.map(({ name, data }) => ({ name: nameIn(aspect, name), data: sumsOf(data, rows, room) })),
    ];
  });
}

/** Rows in order, and which of them each row of the pack is added to. */
type Rows = { series: readonly number[]; slots: readonly number[]; targets: Int32Array };

function rowsOf({ ids, slots }: { ids: Float64Array; slots: Uint8Array | null }): Rows {
  const width = WHOLE_DAY + 1;
  const places = Float64Array.from(ids, (id, row) => id * width + (slots?.[row] ?? 0));
  const found = Float64Array.from(new Set(places)).toSorted();
  const numbers = new Map([...found].map((place, number) => [place, number]));
  return {
    series: Array.from(found, (place) => Math.floor(place / width)),
    slots: Array.from(found, (place) => place % width),
    targets: Int32Array.from(places, (place) => numbers.get(place) ?? -1),
  };
}

function sumsOf(data: Uint8Array, { series, targets }: Rows, room: Room): Uint8Array {
  const sums = new ExactSums(series.length, shapeOf([{ shape: shapeOfNumbers(data) }]));
  room.clear();
  sums.add(decodeNumbers(data, targets.length, room), targets, 1);
  sums.carry();
  return encodeNumbers(series.map((_, row) => sums.textOf(row)));
}
