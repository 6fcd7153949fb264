import { hashText } from "./hash";
import type { RhythmName } from "./rhythm";
import type { UsageEndpoint } from "./endpoints";

/** The values that identify who and what a usage row belongs to. Null is a real value: unattributed. */
export interface Dimensions {
  project_id: string | null;
  user_id: string | null;
  api_key_id: string | null;
  model: string | null;
  batch: boolean | null;
  service_tier: string | null;
  api_source: string | null;
  size: string | null;
  source: string | null;
  context_level: string | null;
  vector_store_id: string | null;
}

export type DimensionName = keyof Dimensions;

/** One steady stream of calls: its dimensions, how busy it is, and what an average call measures. */
export interface Series {
  hash: number;
  endpoint: UsageEndpoint;
  dimensions: Dimensions;
  /** Average calls on a full working day once the organization has grown up. */
  callsPerDay: number;
  rhythm: RhythmName;
  /** Share of days with any activity at all, 0 to 1. */
  activeShare: number;
  /** Local hours ahead of UTC of the team that makes the calls. */
  utcOffset: number;
  fromDay: number;
  /** Exclusive; Infinity while it lasts. */
  toDay: number;
  /** Average of every part after the first (which counts the calls), per call. */
  perCall: readonly number[];
  /** Takes part in the monthly run-away incident. */
  mayRunAway: boolean;
}

const nothing: Dimensions = {
  project_id: null,
  user_id: null,
  api_key_id: null,
  model: null,
  batch: null,
  service_tier: null,
  api_source: null,
  size: null,
  source: null,
  context_level: null,
  vector_store_id: null,
};

export type SeriesDraft = Omit<Series, "hash" | "dimensions" | "mayRunAway"> & {
  dimensions: Partial<Dimensions>;
  mayRunAway?: boolean;
};

/** Completes a draft; the hash depends on the seed, the endpoint and the dimensions only. */
export function makeSeries(seed: number, draft: SeriesDraft): Series {
  const dimensions = { ...nothing, ...draft.dimensions };
  const hash = hashText(`${seed}|${draft.endpoint}|${JSON.stringify(dimensions)}`);
  return { mayRunAway: false, ...draft, dimensions, hash };
}
