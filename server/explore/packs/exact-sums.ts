import { BASE, DIGITS, type Numbers, type NumberShape, UNKNOWN } from "@/server/explore/packs/codec";
import { decimalOf } from "@/server/explore/packs/divide";

/** Doubles tell integers up to this exactly. */
const EXACT = Number.MAX_SAFE_INTEGER;

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
  /** Whether anything was added to a part of any cell. */
  private readonly isUsed: Uint8Array;
  /** What no part of a cell is more than, whatever its sign. */
  private most = 0;

  constructor(
    readonly size: number,
    private readonly shape: NumberShape,
  ) {
    this.isTold = new Uint8Array(size);
    this.parts = Array.from({ length: shape.parts }, () => new Float64Array(size));
    this.isUsed = new Uint8Array(shape.parts);
  }

  /** Adds or deducts the numbers of a pack. @param cells of its rows; -1 for nowhere */
  add(numbers: Numbers, cells: Int32Array, sign: 1 | -1) {
    this.makeRoom(numbers.most * cells.length);
    const { isTold } = this;
    for (const { from, to } of this.placesOf(numbers)) {
      for (let row = 0; row < cells.length; row++) {
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
      const place = this.shape.fractions - fractions + number;
      const to = this.parts[place];
      this.isUsed[place] = 1;
      if (!to) throw new RangeError("sums have at least the parts of the numbers");
      return { from, to };
    });
  }

  /**
   * Adds as many cells of other sums as there are targets. They have the same shape, and their parts have been carried.
   * @param targets -1 for nowhere
   * @param places of the first of the cells, and what the targets are counted from
   */
  addSums(from: ExactSums, targets: Int32Array, { first = 0, base = 0 } = {}) {
    this.makeRoom(from.most * targets.length);
    for (let i = 0; i < targets.length; i++) {
      const target = targets[i] ?? -1;
      if (target >= 0 && from.isTold[first + i]) this.isTold[base + target] = 1;
    }
    for (const [number, part] of this.parts.entries()) {
      const own = from.parts[number];
      if (!own || !from.isUsed[number]) continue;
      this.isUsed[number] = 1;
      for (let i = 0; i < targets.length; i++) {
        const target = targets[i] ?? -1;
        if (target >= 0) part[base + target] = (part[base + target] ?? 0) + (own[first + i] ?? 0);
      }
    }
  }

  /** Carries before a part could become more than a double tells exactly: what has been carried is less than a billion. */
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
        const value = lower[cell] ?? 0;
        // Most need no carrying, and a division takes longer than to see that.
        if (value >= 0 && value < BASE) continue;
        const over = Math.floor(value / BASE);
        lower[cell] = value - over * BASE;
        higher[cell] = (higher[cell] ?? 0) + over;
        this.isUsed[number] = 1;
      }
    }
    this.most = BASE;
  }

  /** Of some cells of sums that have been carried, counted from `first`, those that are zero. */
  zerosOf(cells: Int32Array, first = 0): Int32Array {
    const zeros = new Int32Array(cells.length);
    const used = this.parts.filter((_, number) => this.isUsed[number]);
    let count = 0;
    for (const cell of cells) {
      let part = 0;
      while (part < used.length && used[part]?.[first + cell] === 0) part++;
      if (part === used.length) zeros[count++] = cell;
    }
    return zeros.subarray(0, count);
  }

  /** A cell in units of its last decimal. */
  unitsOf(cell: number): bigint {
    let units = 0n;
    for (const part of this.parts.toReversed()) units = units * BigInt(BASE) + BigInt(part[cell] ?? 0);
    return units;
  }

  /** A cell of sums that have been carried, as decimal text; "" where no number that is known was added. */
  textOf(cell: number): string {
    if (!this.isTold[cell]) return "";
    if (this.shape.fractions === 0) {
      let whole = 0;
      for (let number = this.parts.length - 1; number >= 0; number--)
        whole = whole * BASE + (this.parts[number]?.[cell] ?? 0);
      // What is rounded on the way is no safe integer in the end.
      if (Number.isSafeInteger(whole)) return String(whole);
    }
    return decimalOf({ units: this.unitsOf(cell), digits: this.decimals });
  }

  /** How many decimals the units have. */
  get decimals(): number {
    return this.shape.fractions * DIGITS;
  }
}
