import { MS_PER_DAY, MS_PER_HOUR } from "@/server/lib/time";

export type BucketWidth = "1h" | "1d";

export const bucketMs = { "1h": MS_PER_HOUR, "1d": MS_PER_DAY } as const satisfies Record<BucketWidth, number>;

export type UsageDimension =
  | "project_id"
  | "user_id"
  | "api_key_id"
  | "model"
  | "batch"
  | "service_tier"
  | "api_source"
  | "size"
  | "source"
  | "vector_store_id"
  | "context_level";

export type CostDimension = "project_id" | "user_id" | "api_key_id" | "line_item" | "api_source";

/** Most buckets that a page may hold. Source: the provider's reference of `limit`. */
export const maxBucketsPerPage = { usage: { "1h": 168, "1d": 31 }, costs: 180 } as const;

const tokenMeasures = [
  "input_tokens",
  "output_tokens",
  "input_cached_tokens",
  "input_uncached_tokens",
  "input_cache_write_tokens",
  "input_cache_write_30m_tokens",
  "input_cache_write_12h_tokens",
  "input_text_tokens",
  "input_audio_tokens",
  "input_image_tokens",
  "input_cached_text_tokens",
  "input_cached_audio_tokens",
  "input_cached_image_tokens",
  "output_text_tokens",
  "output_audio_tokens",
  "output_image_tokens",
  "num_model_requests",
] as const;

export type UsageMeasure =
  | (typeof tokenMeasures)[number]
  | "images"
  | "characters"
  | "seconds"
  | "usage_bytes"
  | "num_sessions"
  | "num_requests";

export type UsageStream = {
  path: `/organization/usage/${string}`;
  /** group_by lists to ask for, finest first; the next one is for organizations that refuse the one before. */
  groupings: readonly (readonly UsageDimension[])[];
  measures: readonly UsageMeasure[];
  /** Not every organization has it: a 404 means "none", not a failure. */
  isOptional: boolean;
};

const who = ["project_id", "user_id", "api_key_id"] as const;
const whoAndModel = [...who, "model"] as const;
const byProject = [["project_id"]] as const;
const byModel = [whoAndModel, ["project_id", "api_key_id", "model"], ["project_id", "model"], ["project_id"]] as const;
const byTokens = [
  [...whoAndModel, "batch", "service_tier"],
  [...whoAndModel, "batch"],
  whoAndModel,
  ["project_id", "api_key_id", "model"],
  ["project_id", "model"],
] as const;

/**
 * The usage endpoints: what to group by and what they count. Everything a Responses, Chat or Completions call burns is
 * in `completions`; fine-tuning and video appear in costs only. Source: the provider's OpenAPI document and SDK.
 */
export const usageStreams = {
  completions: stream("completions", byTokens, tokenMeasures),
  embeddings: stream("embeddings", byModel, ["input_tokens", "num_model_requests"]),
  moderations: stream("moderations", byModel, ["input_tokens", "num_model_requests"]),
  images: stream("images", [[...whoAndModel, "size", "source"], ...byModel], ["images", "num_model_requests"]),
  audio_speeches: stream("audio_speeches", byModel, ["characters", "num_model_requests"]),
  audio_transcriptions: stream("audio_transcriptions", byModel, ["seconds", "num_model_requests"]),
  vector_stores: stream("vector_stores", byProject, ["usage_bytes"]),
  code_interpreter_sessions: stream("code_interpreter_sessions", byProject, ["num_sessions"]),
  file_search_calls: stream("file_search_calls", [[...who, "vector_store_id"], who, ["project_id"]], ["num_requests"]),
  web_search_calls: stream(
    "web_search_calls",
    [[...whoAndModel, "context_level"], ...byModel],
    ["num_requests", "num_model_requests"],
  ),
  decisions: { ...stream("decisions", byTokens, tokenMeasures), isOptional: true },
} satisfies Record<string, UsageStream>;

export type UsageEndpoint = keyof typeof usageStreams;

/** The same table under one type, for code that treats all endpoints alike. */
export const usageStream = (endpoint: UsageEndpoint): UsageStream => usageStreams[endpoint];

/**
 * Groupings of costs, finest first. The invoice is `primary`; `byUser` is the same money cut by person, which some
 * organizations refuse altogether: then there is none. The two must never be added up.
 */
export const costGroupings = {
  primary: [["project_id", "line_item", "api_key_id"], ["project_id", "line_item"], ["project_id"]],
  byUser: [["user_id", "line_item"], ["user_id"]],
} as const satisfies Record<string, readonly (readonly CostDimension[])[]>;

function stream(name: string, groupings: UsageStream["groupings"], measures: readonly UsageMeasure[]): UsageStream {
  return { path: `/organization/usage/${name}`, groupings, measures, isOptional: false };
}
