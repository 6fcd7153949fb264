import { encodeIds, encodeNumbers } from "@/server/explore/packs/codec";
import { type NamedBytes, SERIES, SLOTS } from "@/server/explore/packs/packs.sql";
import type { UtcDay } from "@/server/lib/time";

/**
 * What goes into a pack, column by column: rows in the order of series (their ids) and slots (the hour of the day where the
 * grain has hours, WHOLE_DAY, else 0). Measures are decimal texts with commas between, empty where the provider gave none; null where it never did.
 */
export type Columns = {
  starts: UtcDay;
  series: readonly number[];
  slots: readonly number[];
  measures: Readonly<Record<string, string | null>>;
};

/** A day without facts has a pack as well: one that is there need not be looked for. */
export const emptyColumns = (starts: UtcDay): Columns => ({ starts, series: [], slots: [], measures: {} });

/** The columns of a pack as bytes; slots only where any is not 0. */
export function encodePack({ series, slots, measures }: Columns): NamedBytes[] {
  const columns: NamedBytes[] = [{ name: SERIES, data: encodeIds(series) }];
  if (slots.some((slot) => slot > 0)) columns.push({ name: SLOTS, data: Uint8Array.from(slots) });
  for (const [name, texts] of Object.entries(measures)) {
    if (texts !== null) columns.push({ name, data: encodeNumbers(texts.split(",")) });
  }
  return columns;
}
