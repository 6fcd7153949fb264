import { BASE, DIGITS, type Numbers, type NumberShape, UNKNOWN } from "@/server/explore/packs/codec";

/** Doubles tell integers up to this exactly. */
const EXACT = Number.MAX_SAFE_INTEGER;

/** Which numbers go where: the same in all the rows of a pack. */
export type Placing = {
  ids: Float64Array;
  /** The hour of each row, see columns.sql; null where there is but one slot. */
  slots: Uint8Array | null;
  numbers: Numbers;
  /** Series in ascending order, and which of the bases is each one's. */
  wanted: { ids: Float64Array; members: Int32Array };
  /** Where the cells of each member begin; -1 for nowhere. */
  bases: Int32Array;
  /** What to add to where a series' cells begin, by slot; -1 for a slot that is not asked for. */
  cellOfSlot: Int32Array;
  sign: 1 | -1;
};

/** Parts enough for the sums of some packs, and one for what is carried. */
export function shapeOf(packs: readonly { shape: NumberShape }[]): NumberShape {
  let [fractions, wholes] = [0, 1];
  for (const { shape } of packs) {
    fractions = Math.max(fractions, shape.fractions);
    wholes = Math.max(wholes, shape.parts - shape.fractions);
  }
  return { fractions, parts: fractions + wholes + 1 };
}

/**
 * Sums of decimal numbers, exact however many there are: each part of nine digits is added up by itself (see codec.ts).
 * @property fractions how many parts stand behind the decimal point
 */
export class ExactSums {
  /** Whether a known number was added to a cell. */
  readonly isTold: Uint8Array;
  private readonly parts: Float64Array[];
  /** What no part of a cell is more than, whatever its sign. */
  private most = 0;
  private cells = new Int32Array(0);

  constructor(
    readonly size: number,
    private readonly shape: NumberShape,
  ) {
    this.isTold = new Uint8Array(size);
    this.parts = Array.from({ length: shape.parts }, () => new Float64Array(size));
  }

  /** Adds the rows of a pack: both its series and the wanted ones are in order, so that they are found walking along. */
  add({ ids, slots, numbers, wanted, bases, cellOfSlot, sign }: Placing) {
    const places = this.placesOf(numbers);
    this.makeRoom(numbers.most * ids.length);
    const cells = this.takeCells(ids.length);
    placeRows(cells, { ids, slots, wanted, bases, cellOfSlot });
    const { isTold } = this;
    for (const { from, to } of places) {
      for (let row = 0; row < ids.length; row++) {
        const cell = cells[row] ?? -1;
        const number = from[row] ?? UNKNOWN;
        if (cell < 0 || Number.isNaN(number)) continue;
        to[cell] = (to[cell] ?? 0) + sign * number;
        isTold[cell] = 1;
      }
    }
  }

  /** Which part of the sums each part of numbers is added to. */
  private placesOf({ fractions, parts }: Numbers): readonly { from: Float64Array; to: Float64Array }[] {
    return parts.map((from, number) => {
      const to = this.parts[this.shape.fractions - fractions + number];
      if (!to) throw new RangeError("sums have at least the parts of the numbers");
      return { from, to };
    });
  }

  /** Room for the cell of each row, taken again for each pack. */
  private takeCells(rows: number): Int32Array {
    if (this.cells.length < rows) this.cells = new Int32Array(rows);
    return this.cells;
  }

  /** Adds other sums of the same shape, whose parts have been carried. @param targets of their cells; -1 for nowhere */
  addSums(from: ExactSums, targets: Int32Array) {
    this.makeRoom(from.most * from.size);
    for (let cell = 0; cell < from.size; cell++) {
      const target = targets[cell] ?? -1;
      if (target >= 0 && from.isTold[cell]) this.isTold[target] = 1;
    }
    for (const [number, part] of this.parts.entries()) {
      const own = from.parts[number];
      for (let cell = 0; own && cell < from.size; cell++) {
        const target = targets[cell] ?? -1;
        if (target >= 0) part[target] = (part[target] ?? 0) + (own[cell] ?? 0);
      }
    }
  }

  /** Carries before a part could become more than a double tells exactly. */
  private makeRoom(more: number) {
    if (this.most + more > EXACT) this.carry();
    this.most += more;
  }

  /** Brings all parts but the highest between 0 and a billion; that one has room for whatever packs come to. */
  carry() {
    for (const [number, higher] of this.parts.entries()) {
      const lower = this.parts[number - 1];
      if (!lower) continue;
      for (let cell = 0; cell < this.size; cell++) {
        const over = Math.floor((lower[cell] ?? 0) / BASE);
        if (over === 0) continue;
        lower[cell] = (lower[cell] ?? 0) - over * BASE;
        higher[cell] = (higher[cell] ?? 0) + over;
      }
    }
    this.most = BASE;
  }

  /** Marks what the cells belong to that are not zero, of sums that have been carried. @param owners of the cells */
  markFilled(filled: Uint8Array, owners: Int32Array) {
    for (const part of this.parts)
      for (let cell = 0; cell < part.length; cell++) if (part[cell] !== 0) filled[owners[cell] ?? 0] = 1;
  }

  /** A cell in units of its last decimal. */
  unitsOf(cell: number): bigint {
    let units = 0n;
    for (const part of this.parts.toReversed()) units = units * BigInt(BASE) + BigInt(part[cell] ?? 0);
    return units;
  }

  /** How many decimals the units have. */
  get decimals(): number {
    return this.shape.fractions * DIGITS;
  }
}

/** Both the series of a pack and the wanted ones are in order: they are found walking along. */
function placeRows(
  cells: Int32Array,
  { ids, slots, wanted, bases, cellOfSlot }: Omit<Placing, "numbers" | "sign">,
): void {
  const { ids: wantedIds, members } = wanted;
  const first = cellOfSlot[0] ?? -1;
  let at = 0;
  let base = -1;
  let before = -1;
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] ?? 0;
    // A series has as many rows as slots.
    if (id !== before) {
      while (at < wantedIds.length && (wantedIds[at] ?? 0) < id) at++;
      base = at < wantedIds.length && wantedIds[at] === id ? (bases[members[at] ?? 0] ?? -1) : -1;
      before = id;
    }
    const offset = slots === null ? first : (cellOfSlot[slots[row] ?? 0] ?? -1);
    cells[row] = base < 0 || offset < 0 ? -1 : base + offset;
  }
}
