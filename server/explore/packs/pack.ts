import { type Aspect, nameIn } from "@/server/explore/packs/aspects";
import { decodeIds, decodeNumbers, type Numbers, type NumberShape, shapeOfNumbers } from "@/server/explore/packs/codec";
import { type NamedBytes, SERIES, SLOTS } from "@/server/explore/packs/packs.sql";

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

export const bytesOf = (columns: readonly NamedBytes[]): PackBytes =>
  Object.fromEntries(columns.map(({ name, data }) => [name, data]));

/** Null where nothing of the measure is known. @param aspect null for all rows */
export function packOf(columns: PackBytes, measure: string, aspect: Aspect | null = null): EncodedPack | null {
  const [series, values] = [columns[nameIn(aspect, SERIES)], columns[nameIn(aspect, measure)]];
  if (!series || !values) return null;
  return { series, slots: columns[nameIn(aspect, SLOTS)] ?? null, values, shape: shapeOfNumbers(values) };
}

export function decodePack({ series, slots, values }: EncodedPack): Pack {
  const ids = decodeIds(series);
  return { ids, slots, numbers: decodeNumbers(values, ids.length) };
}
