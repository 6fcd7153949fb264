import { BASE, DIGITS, type Numbers, type NumberShape, UNKNOWN } from "@/server/explore/packs/codec";

/** So many parts of nine digits add up in a double without rounding, with room for what was carried. */
const ROWS_BETWEEN_CARRIES = 4_000_000;

/** Which numbers go where: the same in all the rows of a pack. */
export type Placing = {
  ids: Float64Array;
  /** The hour of each row, see columns.sql; null where there is but one slot. */
  slots: Uint8Array | null;
  numbers: Numbers;
  /** Series in ascending order, and where the cells of each begin; -1 for nowhere. */
  wanted: { ids: Float64Array; bases: Int32Array };
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
  private rowsSinceCarry = 0;

  constructor(
    readonly size: number,
    private readonly shape: NumberShape,
  ) {
    this.isTold = new Uint8Array(size);
    this.parts = Array.from({ length: shape.parts }, () => new Float64Array(size));
  }

  /** Adds the rows of a pack: both its series and the wanted ones are in order, so that they are found walking along. */
  add({ ids, slots, numbers, wanted, cellOfSlot, sign }: Placing) {
    const cells = new Int32Array(ids.length).fill(-1);
    const lowest = numbers.parts[0];
    for (let row = 0, at = 0; row < ids.length; row++) {
      const id = ids[row] ?? 0;
      while (at < wanted.ids.length && (wanted.ids[at] ?? 0) < id) at++;
      if (at === wanted.ids.length) break;
      const base = wanted.ids[at] === id ? (wanted.bases[at] ?? -1) : -1;
      const offset = cellOfSlot[slots?.[row] ?? 0] ?? -1;
      if (base < 0 || offset < 0 || lowest?.[row] === UNKNOWN) continue;
      cells[row] = base + offset;
      this.isTold[base + offset] = 1;
    }
    const shift = this.shape.fractions - numbers.fractions;
    for (const [number, part] of numbers.parts.entries())
      addPart(part, cells, { to: this.parts[shift + number], sign });
    this.rowsSinceCarry += ids.length;
    if (this.rowsSinceCarry > ROWS_BETWEEN_CARRIES) this.carry();
  }

  /** Adds a cell of other sums of the same shape, whose parts have been carried. */
  addCell(cell: number, from: ExactSums, fromCell: number) {
    this.isTold[cell] = 1;
    for (const [number, part] of this.parts.entries())
      part[cell] = (part[cell] ?? 0) + (from.parts[number]?.[fromCell] ?? 0);
  }

  /** Brings all parts but the highest between 0 and a billion. */
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
    this.rowsSinceCarry = 0;
  }

  /** Of sums that have been carried. */
  isZero = (cell: number) => this.parts.every((part) => part[cell] === 0);

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

type Target = { to: Float64Array | undefined; sign: 1 | -1 };

function addPart(part: Int32Array, cells: Int32Array, { to, sign }: Target) {
  if (!to) throw new RangeError("sums have as many parts as the numbers");
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row] ?? -1;
    if (cell >= 0) to[cell] = (to[cell] ?? 0) + sign * (part[row] ?? 0);
  }
}
