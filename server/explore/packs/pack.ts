import {
  decodeIds,
  decodeNumbers,
  type Numbers,
  type NumberShape,
  Room,
  shapeOfNumbers,
} from "@/server/explore/packs/codec";
import { SERIES, SLOTS } from "@/server/explore/packs/packs.sql";

/** Rows of a measure: series in order, each with its slot (null where all are 0) and its number. */
export type Pack = { ids: Float64Array; slots: Uint8Array | null; numbers: Numbers };

/** A pack as it is stored: what many packs come to is decoded one at a time. */
export type EncodedPack = {
  /** Of its numbers, without decoding them. */
  shape: NumberShape;
  /** @param room that earlier packs were decoded into, which are used no more */
  decode: (room?: Room) => Pack;
};

/** The bytes of a pack's columns by their names. */
export type PackBytes = Readonly<Record<string, Uint8Array>>;

export const bytesOf = (columns: readonly { name: string; data: Uint8Array }[]): PackBytes =>
  Object.fromEntries(columns.map(({ name, data }) => [name, data]));

/** Null where nothing of the measure is known. */
export function packOf(columns: PackBytes, measure: string): EncodedPack | null {
  const [series, values] = [columns[SERIES], columns[measure]];
  if (!series || !values) return null;
  const decode = (room = new Room()): Pack => {
    room.clear();
    const ids = decodeIds(series, room);
    return { ids, slots: columns[SLOTS] ?? null, numbers: decodeNumbers(values, ids.length, room) };
  };
  return { shape: shapeOfNumbers(values), decode };
}
