import { decodeIds, type Room } from "@/server/explore/packs/codec";
import type { EncodedPack } from "@/server/explore/packs/pack";

/** Where the numbers of a pack are added: the same for all its measures. */
export type Placing = {
  /** Series in ascending order, and the cell of each in the first slot. */
  wanted: { ids: Float64Array; cells: Int32Array };
  /** What to add to a series' cell, by slot; -1 for a slot that is not asked for. */
  cellOfSlot: Int32Array;
};

type Rows = Pick<EncodedPack, "series" | "slots">;

/** The cell of each row of a pack; -1 for nowhere. */
export function placeRows({ series, slots }: Rows, placing: Placing, room: Room): Int32Array {
  const ids = decodeIds(series, room);
  const { wanted, cellOfSlot } = placing;
  const { ids: wantedIds, cells: wantedCells } = wanted;
  const cells = new Int32Array(ids.length);
  const first = cellOfSlot[0] ?? -1;
  let at = 0;
  let base = -1;
  let before = -1;
  // Both the series of a pack and the wanted ones are in order: they are found walking along.
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] ?? 0;
    // A series has as many rows as slots.
    if (id !== before) {
      while (at < wantedIds.length && (wantedIds[at] ?? 0) < id) at++;
      base = at < wantedIds.length && wantedIds[at] === id ? (wantedCells[at] ?? -1) : -1;
      before = id;
    }
    const offset = slots === null ? first : (cellOfSlot[slots[row] ?? 0] ?? -1);
    cells[row] = base < 0 || offset < 0 ? -1 : base + offset;
  }
  return cells;
}

/** Places rows of packs one after the other. Where neighbours have the very same series, what was found for one is found for the next. */
export class Placer {
  private readonly last = new Map<string, { pack: Rows; placing: Placing; cells: Int32Array }>();

  constructor(private readonly room: Room) {}

  /** @param of what has the same `wanted` every time */
  cellsOf(of: string, pack: Rows, placing: Placing): Int32Array {
    const last = this.last.get(of);
    if (last && isSame(last.pack, pack) && areSame(last.placing.cellOfSlot, placing.cellOfSlot)) return last.cells;
    const cells = placeRows(pack, placing, this.room);
    this.last.set(of, { pack, placing, cells });
    return cells;
  }
}

const isSame = (a: Rows, b: Rows) =>
  Buffer.compare(a.series, b.series) === 0 &&
  (a.slots === null || b.slots === null ? a.slots === b.slots : Buffer.compare(a.slots, b.slots) === 0);

const areSame = (a: Int32Array, b: Int32Array) => a.length === b.length && a.every((cell, slot) => cell === b[slot]);
