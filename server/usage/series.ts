import { hash } from "node:crypto";
import type { BucketWidth } from "@/server/openai/streams";

/** Which list of which connection the facts come from. `id` is the streams row. */
export type StreamRef = { id: number; connectionId: string; name: string };

/** One combination of dimension values; null is "the provider gave none". */
export type SeriesDimensions = {
  projectId: string | null;
  userId: string | null;
  apiKeyId: string | null;
  model: string | null;
  lineItem: string | null;
  batch: boolean | null;
  serviceTier: string | null;
  currency: string | null;
  quantityUnit: string | null;
  /** Rarer dimensions as [name, value], sorted by name. */
  more: [string, string][];
};

type GivenValue = string | boolean | null | undefined;
/** Dimension values of one result as the provider gave them. */
export type GivenDimensions = readonly GivenValue[];

/** A tree with a level for each dimension: looking values up one by one is cheaper than making one key of them all. */
class GivenNumbers extends Map<GivenValue, GivenNumbers> {
  number: number | undefined;
}

/** Distinct series of a window, numbered in order of appearance: facts refer to them by that number until they are stored. */
export class SeriesTable {
  readonly list: SeriesDimensions[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #numbersOfGiven = new GivenNumbers();
  /** By number: what the provider gave for the series, and the number of the one that came after it. */
  readonly #given: GivenDimensions[] = [];
  readonly #next: number[] = [];
  #last = 0;

  numberOf(dimensions: SeriesDimensions): number {
    const key = dimensionText(dimensions);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.list.push(dimensions) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  /**
   * The same for what the provider gave, which must be all that `describe` depends on. A window has many results of few
   * series: each of them is described once. They mostly come in the same order, bucket after bucket, and to compare them
   * with those that came next before is cheaper than to look them up.
   */
  numberOfGiven(given: GivenDimensions, describe: () => SeriesDimensions): number {
    const expected = this.#next[this.#last] ?? 0;
    const number = isSame(this.#given[expected], given) ? expected : this.#lookUp(given, describe);
    this.#next[this.#last] = number;
    this.#last = number;
    return number;
  }

  #lookUp(given: GivenDimensions, describe: () => SeriesDimensions): number {
    let node: GivenNumbers = this.#numbersOfGiven;
    for (const value of given) {
      let next = node.get(value);
      if (next === undefined) {
        next = new GivenNumbers();
        node.set(value, next);
      }
      node = next;
    }
    node.number ??= this.numberOf(describe());
    this.#given[node.number] = given;
    return node.number;
  }
}

function isSame(a: GivenDimensions | undefined, b: GivenDimensions): boolean {
  if (a?.length !== b.length) return false;
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Natural key of a series: the first 16 bytes of SHA-256 over connection, stream, width and all values. */
export function seriesKeyHash(stream: StreamRef, width: BucketWidth, dimensions: SeriesDimensions): Buffer {
  const text = JSON.stringify([stream.connectionId, stream.name, width, dimensionText(dimensions)]);
  return hash("sha256", text, "buffer").subarray(0, 16);
}

const dimensionText = (d: SeriesDimensions) =>
  JSON.stringify([
    d.projectId,
    d.userId,
    d.apiKeyId,
    d.model,
    d.lineItem,
    d.batch,
    d.serviceTier,
    d.currency,
    d.quantityUnit,
    d.more,
  ]);
