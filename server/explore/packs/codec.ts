// Columns of packs as bytes. Whole numbers are written seven bits to a byte, the lowest first, so that the small ones that
// most are take a byte or two.

/** Numbers are cut into parts of nine decimal digits: each is a small integer, and millions of them add up without rounding. */
export const DIGITS = 9;
export const BASE = 10 ** DIGITS;

/** Stands in the lowest part for a number that the provider did not give. */
export const UNKNOWN = Number.NaN;

/**
 * A column of decimal numbers: parts[0] holds their lowest digits, and so on upwards. All parts of a number have its sign.
 * Of numbers with few digits the lowest part has them all, where a double tells exactly what all of them come to.
 * @property fractions how many of the parts stand behind the decimal point
 * @property most what no part is more than, whatever its sign
 */
export type Numbers = { fractions: number; parts: readonly Float64Array[]; most: number };

/** What a pack may add to a cell whose parts have been carried: doubles tell integers up to this exactly. */
const MAX_ADDED = Number.MAX_SAFE_INTEGER - BASE;

/** The first number of a column: how many of the parts stand behind the point or, of a short one, this and its decimals. */
const SHORT = 100;

/** Digits of which every number is an integer that a double tells exactly. */
const SHORT_DIGITS = 15;

/**
 * A column of which every number has few digits is written as whole numbers of the last decimal's units, one a row; others
 * part by part, for all rows the lowest first.
 * @param texts decimal numbers in order, as PostgreSQL writes them; "" for one that is unknown
 */
export function encodeNumbers(texts: readonly string[]): Uint8Array {
  const { wholes, decimals } = longest(texts);
  const fractions = Math.ceil(decimals / DIGITS);
  const count = fractions + Math.ceil(wholes / DIGITS);
  const isShort = decimals <= DIGITS && decimals + wholes <= SHORT_DIGITS;
  const bytes = new ByteWriter();
  bytes.write(isShort ? SHORT + decimals : fractions);
  bytes.write(count);
  const rows = texts.map((text) => {
    if (text === "") return null;
    return isShort ? [unitsOf(text, decimals)] : partsOf(text, { fractions, count });
  });
  for (let part = 0; part < (isShort ? 1 : count); part++) {
    // Zero is left free for what is unknown.
    for (const row of rows) bytes.write(row === null ? 0 : zigzag(row[part] ?? 0) + 1);
  }
  return bytes.take();
}

/** How many digits any of the numbers has before and behind the point. */
function longest(texts: readonly string[]) {
  let [wholes, decimals] = [1, 0];
  for (const text of texts) {
    const point = text.indexOf(".");
    wholes = Math.max(wholes, (point < 0 ? text.length : point) - (text.startsWith("-") ? 1 : 0));
    if (point >= 0) decimals = Math.max(decimals, text.length - point - 1);
  }
  return { wholes, decimals };
}

function unitsOf(text: string, decimals: number): number {
  const point = text.indexOf(".");
  if (point < 0) return Number(text) * 10 ** decimals;
  return Number(text.slice(0, point) + text.slice(point + 1).padEnd(decimals, "0"));
}

/** The parts of a number, the lowest first. */
function partsOf(text: string, { fractions, count }: { fractions: number; count: number }): number[] {
  const sign = text.startsWith("-") ? -1 : 1;
  const [whole = "", fraction = ""] = (sign < 0 ? text.slice(1) : text).split(".");
  const digits = whole.padStart((count - fractions) * DIGITS, "0") + fraction.padEnd(fractions * DIGITS, "0");
  return Array.from({ length: count }, (_, part) => {
    const end = (count - part) * DIGITS;
    return sign * Number(digits.slice(end - DIGITS, end));
  });
}

const zigzag = (part: number) => (part < 0 ? part * -2 - 1 : part * 2);

/** How many parts the numbers of a column have, and how many of them stand behind the decimal point. */
export type NumberShape = { fractions: number; parts: number };

const shapeFrom = (reader: ByteReader) => {
  const first = reader.next();
  const decimals = first >= SHORT ? first - SHORT : null;
  return { fractions: decimals === null ? first : Math.ceil(decimals / DIGITS), parts: reader.next(), decimals };
};

export function shapeOfNumbers(bytes: Uint8Array): NumberShape {
  const { fractions, parts } = shapeFrom(new ByteReader(bytes));
  return { fractions, parts };
}

/** Room for what is decoded, taken again for each pack: megabytes that are thrown away at once would keep the collector busy. */
export class Room {
  private readonly arrays: Float64Array[] = [];
  private taken = 0;

  /** @returns as many numbers, whatever they are */
  take(length: number): Float64Array {
    const known = this.arrays[this.taken];
    const array = known && known.length >= length ? known : new Float64Array(length);
    this.arrays[this.taken++] = array;
    return array.subarray(0, length);
  }

  /** What was taken is used no more. */
  clear() {
    this.taken = 0;
  }
}

/** @param rows how many numbers there are */
export function decodeNumbers(bytes: Uint8Array, rows: number, room = new Room()): Numbers {
  const reader = new ByteReader(bytes);
  const { fractions, parts: count, decimals } = shapeFrom(reader);
  const read = () => {
    const part = room.take(rows);
    return { part, most: reader.fillSigned(part) };
  };
  if (decimals === null) return { fractions, parts: Array.from({ length: count }, () => read().part), most: BASE };
  const { part: units, most: mostUnits } = read();
  // What a unit of the last decimal is in units of the lowest part.
  const worth = BASE ** fractions / 10 ** decimals;
  const most = mostUnits * worth;
  if (most * rows > MAX_ADDED) return { fractions, parts: divide(units, { fractions, count, decimals }), most: BASE };
  if (worth > 1) for (let row = 0; row < rows; row++) units[row] = (units[row] ?? 0) * worth;
  return { fractions, parts: [units], most };
}

type Division = { fractions: number; count: number; decimals: number };

/** Parts of numbers in units of their last decimal. */
function divide(units: Float64Array, { fractions, count, decimals }: Division): Float64Array[] {
  let rest = units;
  return Array.from({ length: count }, (_, number) => {
    // What a part has of the units, and what one of them is worth in it.
    const [base, worth] = number < fractions ? [10 ** decimals, BASE / 10 ** decimals] : [BASE, 1];
    // Of 15 digits the quotient's whole part is never rounded up.
    const higher = rest.map((unit) => Math.trunc(unit / base));
    const part = rest.map((unit, row) => (unit - (higher[row] ?? 0) * base) * worth);
    rest = higher;
    return part;
  });
}

/** @param ids in ascending order; each is written as what it is more than the one before */
export function encodeIds(ids: readonly number[]): Uint8Array {
  const bytes = new ByteWriter();
  let before = 0;
  for (const id of ids) {
    bytes.write(id - before);
    before = id;
  }
  return bytes.take();
}

export function decodeIds(bytes: Uint8Array, room = new Room()): Float64Array {
  // No number takes less than a byte.
  const ids = room.take(bytes.length);
  const count = new ByteReader(bytes).fill(ids);
  let id = 0;
  for (let row = 0; row < count; row++) {
    id += ids[row] ?? 0;
    ids[row] = id;
  }
  return ids.subarray(0, count);
}

class ByteWriter {
  private bytes = new Uint8Array(1024);
  private length = 0;

  /** @param value a whole number from 0 to 2^53 - 1 */
  write(value: number) {
    if (this.length + 8 > this.bytes.length) this.grow();
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.length++] = rest;
  }

  take(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private grow() {
    const larger = new Uint8Array(this.bytes.length * 2);
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

class ByteReader {
  private at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  /** Reads as many numbers as there is room for, or are left. @returns how many */
  fill(to: Float64Array): number {
    let count = 0;
    for (; count < to.length && this.at < this.bytes.length; count++) to[count] = this.next();
    return count;
  }

  /**
   * Reads numbers that zigzag was applied to, and one more; zero was one that is unknown. Without "%", which is slow for
   * numbers of more than 31 bits.
   * @returns what none of the numbers is more than, whatever its sign
   */
  fillSigned(to: Float64Array): number {
    let most = 0;
    for (let row = 0; row < to.length; row++) {
      const written = this.next();
      const half = Math.floor(written / 2);
      if (half > most) most = half;
      to[row] = written === 0 ? UNKNOWN : written === 2 * half ? -half : half;
    }
    return most;
  }

  next(): number {
    let byte = this.bytes[this.at++] ?? 0;
    let value = byte;
    for (let weight = 128; byte >= 128; weight *= 128) {
      byte = this.bytes[this.at++] ?? 0;
      // The byte before told by 128 that it was not the last.
      value += (byte - 1) * weight;
    }
    return value;
  }
}
