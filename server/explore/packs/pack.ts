import { decodeIds, decodeNumbers, type Numbers, type NumberShape, shapeOfNumbers } from "@/server/explore/packs/codec";
import { SERIES, SLOTS } from "@/server/explore/packs/packs.sql";

/** Rows of a measure: series in order, each with its slot (null where all are 0) and its number. */
export type Pack = { ids: Float64Array; slots: Uint8Array | null; numbers: Numbers };

/** A pack of a measure as it is stored: what many packs come to is decoded one at a time. */
export type EncodedPack = {
  series: Uint8Array;
  /** Null where all are 0. */
  slots: Uint8Array | null;
  values: Uint8Array;
  /** Of its numbers, without decoding them. */
  shape: NumberShape;
};

/** The bytes of a pack's columns by their names. */
export type PackBytes = Readonly<Record<string, Uint8Array>>;

export const bytesOf = (columns: readonly { name: string; data: Uint8Array }[]): PackBytes =>
  Object.fromEntries(columns.map(({ name, data }) => [name, data]));

/** Null where nothing of the measure is known. */
export function packOf(columns: PackBytes, measure: string): EncodedPack | null {
  const [series, values] = [columns[SERIES], columns[measure]];
  if (!series || !values) return null;
  return { series, slots: columns[SLOTS] ?? null, values, shape: shapeOfNumbers(values) };
}

export function decodePack({ series, slots, values }: EncodedPack): Pack {
  const ids = decodeIds(series);
  return { ids, slots, numbers: decodeNumbers(values, ids.length) };
}
