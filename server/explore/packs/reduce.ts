import { aspectNames, nameIn, type Representatives } from "@/server/explore/packs/aspects";
import {
  decodeIds,
  decodeNumbers,
  encodeIds,
  encodeNumbers,
  type Numbers,
  type NumberShape,
  Room,
  shapeOfNumbers,
} from "@/server/explore/packs/codec";
import { WHOLE_DAY } from "@/server/explore/packs/columns.sql";
import { ExactSums, shapeOf } from "@/server/explore/packs/exact-sums";
import { bytesOf } from "@/server/explore/packs/pack";
import { type NamedBytes, SERIES, SLOTS } from "@/server/explore/packs/packs.sql";

/** An aspect with more of a pack's rows is not worth its room. */
const WORTH_ROWS = 0.5;

/** The aspects of a pack: columns with names of their own. Pure. @param pack its columns */
export function reducePack(
  pack: readonly NamedBytes[],
  representatives: Representatives,
  { wanted = aspectNames, worthRows = WORTH_ROWS } = {},
): NamedBytes[] {
  const { [SERIES]: series = new Uint8Array(), [SLOTS]: slots = null, ...measures } = bytesOf(pack);
  const ids = decodeIds(series);
  const reduced = wanted.flatMap((aspect) => {
    const rows = rowsOf({ ids, slots }, (id) => representatives.get(id)?.[aspect] ?? id);
    if (ids.length === 0 || rows.series.length > ids.length * worthRows) return [];
    const columns: NamedBytes[] = [{ name: nameIn(aspect, SERIES), data: encodeIds(rows.series) }];
    if (slots) columns.push({ name: nameIn(aspect, SLOTS), data: Uint8Array.from(rows.slots) });
    return { aspect, rows, columns };
  });
  const room = new Room();
  for (const [name, data] of Object.entries(measures)) {
    room.clear();
    const numbers = decodeNumbers(data, ids.length, room);
    const shape = shapeOf([{ shape: shapeOfNumbers(data) }]);
    for (const { aspect, rows, columns } of reduced)
      columns.push({ name: nameIn(aspect, name), data: sumsOf(numbers, rows, shape) });
  }
  return reduced.flatMap(({ columns }) => columns);
}

type WholeRows = { ids: Float64Array; slots: Uint8Array | null };

/** Rows in order, and which of them each row of the pack is added to. */
type Rows = { series: readonly number[]; slots: readonly number[]; targets: Int32Array };

/** Loops, as there are hundreds of thousands of rows. @param firstOf the series that tells another */
function rowsOf({ ids, slots }: WholeRows, firstOf: (id: number) => number): Rows {
  const width = slots ? WHOLE_DAY + 1 : 1;
  const firsts = Float64Array.from(new Set(distinct(ids).map(firstOf))).toSorted();
  const begins = new Map([...firsts].map((first, number) => [first, number * width]));
  const targets = new Int32Array(ids.length);
  const numbers = new Int32Array(firsts.length * width);
  let [before, begin] = [Number.NaN, 0];
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] ?? 0;
    // Rows of one series follow one another: it is looked up once.
    if (id !== before) begin = begins.get(firstOf(id)) ?? 0;
    before = id;
    const cell = begin + (slots?.[row] ?? 0);
    targets[row] = cell;
    numbers[cell] = 1;
  }
  const rows = { series: [] as number[], slots: [] as number[], targets };
  for (let cell = 0; cell < numbers.length; cell++) {
    if (numbers[cell] === 0) continue;
    numbers[cell] = rows.series.push(firsts[Math.floor(cell / width)] ?? 0) - 1;
    rows.slots.push(cell % width);
  }
  for (let row = 0; row < targets.length; row++) targets[row] = numbers[targets[row] ?? 0] ?? -1;
  return rows;
}

/** @param ids in order */
function distinct(ids: Float64Array): number[] {
  const found: number[] = [];
  for (let row = 0; row < ids.length; row++) if (ids[row] !== ids[row - 1]) found.push(ids[row] ?? 0);
  return found;
}

function sumsOf(numbers: Numbers, { series, targets }: Rows, shape: NumberShape): Uint8Array {
  const sums = new ExactSums(series.length, shape);
  sums.add(numbers, targets, 1);
  sums.carry();
  return encodeNumbers(series.map((_, row) => sums.textOf(row)));
}
