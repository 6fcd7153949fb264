import type { DimensionName } from "./series";

export type UsageEndpoint =
  | "completions"
  | "embeddings"
  | "moderations"
  | "images"
  | "audio_speeches"
  | "audio_transcriptions"
  | "vector_stores"
  | "code_interpreter_sessions"
  | "file_search_calls"
  | "web_search_calls"
  | "decisions";

/** What is counted internally for a completion; everything else in the answer is a sum of these. */
const completionParts = [
  "calls",
  "inputText",
  "inputAudio",
  "inputImage",
  "cachedText",
  "cachedAudio",
  "cachedImage",
  "cacheWrite30m",
  "cacheWrite12h",
  "outputText",
  "outputAudio",
  "outputImage",
] as const;

interface Measure {
  name: string;
  /** Indexes of the parts that are added up. */
  parts: readonly number[];
}

export interface EndpointDefinition {
  /** The `object` of each result; it does not always follow the path. */
  object: string;
  partCount: number;
  measures: readonly Measure[];
  groupBy: readonly DimensionName[];
  /** Query parameter -> the dimension it filters. */
  filters: Readonly<Record<string, DimensionName>>;
}

const measure = (name: string, ...parts: number[]): Measure => ({ name, parts });

const tokenMeasures: readonly Measure[] = [
  measure("input_tokens", 1, 2, 3, 4, 5, 6, 7, 8),
  measure("output_tokens", 9, 10, 11),
  measure("num_model_requests", 0),
  measure("input_cached_tokens", 4, 5, 6),
  measure("input_uncached_tokens", 1, 2, 3),
  measure("input_cache_write_tokens", 7, 8),
  measure("input_cache_write_30m_tokens", 7),
  measure("input_cache_write_12h_tokens", 8),
  measure("input_text_tokens", 1),
  measure("input_audio_tokens", 2),
  measure("input_image_tokens", 3),
  measure("input_cached_text_tokens", 4),
  measure("input_cached_audio_tokens", 5),
  measure("input_cached_image_tokens", 6),
  measure("output_text_tokens", 9),
  measure("output_audio_tokens", 10),
  measure("output_image_tokens", 11),
];

const who = ["project_id", "user_id", "api_key_id"] as const;
const whoAndModel = [...who, "model"] as const;
const whoFilters = { project_ids: "project_id", user_ids: "user_id", api_key_ids: "api_key_id" } as const;
const modelFilters = { ...whoFilters, models: "model" } as const;
const callsAnd = (name: string): readonly Measure[] => [measure(name, 1), measure("num_model_requests", 0)];

function byModel(object: string, measures: readonly Measure[]): EndpointDefinition {
  return {
    object: `organization.usage.${object}.result`,
    partCount: 2,
    measures,
    groupBy: whoAndModel,
    filters: modelFilters,
  };
}

function byProject(object: string, measureName: string): EndpointDefinition {
  const measures = [measure(measureName, 0)];
  return {
    object: `organization.usage.${object}.result`,
    partCount: 1,
    measures,
    groupBy: ["project_id"],
    filters: { project_ids: "project_id" },
  };
}

function byTokens(object: string): EndpointDefinition {
  return {
    object: `organization.usage.${object}.result`,
    partCount: completionParts.length,
    measures: tokenMeasures,
    groupBy: [...whoAndModel, "batch", "service_tier", "api_source"],
    filters: { ...modelFilters, batch: "batch" },
  };
}

/** Every usage endpoint with its own rules, from the contract in `sandbox/spec`. */
export const endpoints: Readonly<Record<UsageEndpoint, EndpointDefinition>> = {
  completions: byTokens("completions"),
  decisions: byTokens("decisions"),
  embeddings: byModel("embeddings", callsAnd("input_tokens")),
  moderations: byModel("moderations", callsAnd("input_tokens")),
  images: {
    ...byModel("images", callsAnd("images")),
    groupBy: [...whoAndModel, "size", "source"],
    filters: { ...modelFilters, sources: "source", sizes: "size" },
  },
  audio_speeches: byModel("audio_speeches", callsAnd("characters")),
  audio_transcriptions: byModel("audio_transcriptions", callsAnd("seconds")),
  vector_stores: byProject("vector_stores", "usage_bytes"),
  code_interpreter_sessions: byProject("code_interpreter_sessions", "num_sessions"),
  file_search_calls: {
    object: "organization.usage.file_searches.result",
    partCount: 1,
    measures: [measure("num_requests", 0)],
    groupBy: [...who, "vector_store_id"],
    filters: { ...whoFilters, vector_store_ids: "vector_store_id" },
  },
  web_search_calls: {
    object: "organization.usage.web_searches.result",
    partCount: 2,
    measures: [measure("num_requests", 1), measure("num_model_requests", 0)],
    groupBy: [...whoAndModel, "context_level", "api_source"],
    filters: { ...modelFilters, context_levels: "context_level" },
  },
};

export const usageEndpoints = Object.keys(endpoints) as UsageEndpoint[];
