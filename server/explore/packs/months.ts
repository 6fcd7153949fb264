import type { OrgScope } from "@/server/auth/scope";
import { WHOLE_DAY } from "@/server/explore/packs/columns.sql";
import type { Columns } from "@/server/explore/packs/encode";
import { ExactSums, shapeOf } from "@/server/explore/packs/exact-sums";
import { decodeIds, decodeNumbers, Room } from "@/server/explore/packs/codec";
import { bytesOf, type EncodedPack, packOf } from "@/server/explore/packs/pack";
import { placeRows } from "@/server/explore/packs/place";
import { readPacks, SERIES, SLOTS } from "@/server/explore/packs/packs.sql";
import { measuresOf } from "@/server/explore/packs/streams.sql";
import { daysOf, type Stretch } from "@/server/explore/packs/wanted";
import { utcDaysBetween } from "@/server/lib/time";

/** Packs of months have one slot of what was divided over days, and one of what was not. */
const SLOTS_OF_DAYS = [0, WHOLE_DAY];

/** What the pack of a month has to hold: the sums of its days' packs. Null where one of these is not there. */
export async function readMonth(scope: OrgScope, { stream, zone, range }: Stretch): Promise<Columns | null> {
  const measures = measuresOf(stream);
  const { from, to } = daysOf(stream, zone);
  const starts = utcDaysBetween(range.from, range.to).filter((day) => day >= from && day < to);
  const names = [SERIES, SLOTS, ...measures];
  const stored = await readPacks(scope, { grain: "day", zone, streamIds: [stream.id], starts, names });
  const days = [...Map.groupBy(stored, (column) => column.starts).values()].map(bytesOf);
  if (days.filter((columns) => columns[SERIES]).length < starts.length) return null;
  const packsOf = (measure: string) => days.flatMap((columns) => packOf(columns, measure) ?? []);
  const byMeasure = new Map(measures.map((measure) => [measure, packsOf(measure)]));
  const ids = idsOf([...byMeasure.values()].flat());
  const sums = [...byMeasure].map(([measure, packs]) => ({ measure, sums: sumOf(packs, ids) }));
  const cells = [...Array(ids.length * SLOTS_OF_DAYS.length).keys()].filter((cell) =>
    sums.some((of) => of.sums.isTold[cell]),
  );
  return {
    starts: range.from,
    series: cells.map((cell) => ids[Math.floor(cell / SLOTS_OF_DAYS.length)] ?? 0),
    slots: cells.map((cell) => SLOTS_OF_DAYS[cell % SLOTS_OF_DAYS.length] ?? 0),
    measures: Object.fromEntries(sums.map((of) => [of.measure, textsOf(of.sums, cells)])),
  };
}

const idsOf = (packs: readonly EncodedPack[]) =>
  Float64Array.from(new Set(packs.flatMap(({ series }) => [...decodeIds(series)]))).toSorted();

function sumOf(packs: readonly EncodedPack[], ids: Float64Array): ExactSums {
  const sums = new ExactSums(ids.length * SLOTS_OF_DAYS.length, shapeOf(packs));
  const cellOfSlot = Int32Array.from({ length: WHOLE_DAY + 1 }, (_, slot) => SLOTS_OF_DAYS.indexOf(slot));
  const wanted = { ids, cells: Int32Array.from(ids, (_, series) => series * SLOTS_OF_DAYS.length) };
  const room = new Room();
  for (const pack of packs) {
    room.clear();
    const cells = placeRows(pack, { wanted, cellOfSlot }, room);
    sums.add(decodeNumbers(pack.values, cells.length, room), cells, 1);
  }
  sums.carry();
  return sums;
}

function textsOf(sums: ExactSums, cells: readonly number[]): string | null {
  if (!cells.some((cell) => sums.isTold[cell])) return null;
  return cells.map((cell) => sums.textOf(cell)).join(",");
}
