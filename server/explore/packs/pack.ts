import { decodeIds, decodeNumbers, type Numbers, type NumberShape, shapeOfNumbers } from "@/server/explore/packs/codec";
import { SERIES, SLOTS } from "@/server/explore/packs/packs.sql";

/** Rows of a measure: series in order, each with its slot (null where all are 0) and its number. */
export type Pack = { ids: Float64Array; slots: Uint8Array | null; numbers: Numbers };

/** A pack as it is stored: what many packs come to is decoded one at a time. */
export type EncodedPack = {
  /** Of its numbers, without decoding them. */
  shape: NumberShape;
  decode: () => Pack;
};

/** Null where nothing of the measure is known. @param columns bytes by the column's name */
export function packOf(columns: Readonly<Record<string, Uint8Array>>, measure: string): EncodedPack | null {
  const [series, values] = [columns[SERIES], columns[measure]];
  if (!series || !values) return null;
  const decode = (): Pack => {
    const ids = decodeIds(series);
    return { ids, slots: columns[SLOTS] ?? null, numbers: decodeNumbers(values, ids.length) };
  };
  return { shape: shapeOfNumbers(values), decode };
}
