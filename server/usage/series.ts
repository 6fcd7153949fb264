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
   * series: each of them is described once.
   */
  numberOfGiven(given: GivenDimensions, describe: () => SeriesDimensions): number {
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
    return node.number;
  }
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
