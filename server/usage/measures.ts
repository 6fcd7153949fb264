import type { UsageMeasure } from "@/server/openai/streams";

/** The provider's measure fields by the column that keeps them, in the order of the table's columns. */
export const measureFields = {
  requests: "num_model_requests",
  input_tokens: "input_tokens",
  input_cached_tokens: "input_cached_tokens",
  input_uncached_tokens: "input_uncached_tokens",
  input_cache_write_tokens: "input_cache_write_tokens",
  input_text_tokens: "input_text_tokens",
  input_audio_tokens: "input_audio_tokens",
  input_image_tokens: "input_image_tokens",
  input_cached_text_tokens: "input_cached_text_tokens",
  input_cached_audio_tokens: "input_cached_audio_tokens",
  input_cached_image_tokens: "input_cached_image_tokens",
  output_tokens: "output_tokens",
  output_text_tokens: "output_text_tokens",
  output_audio_tokens: "output_audio_tokens",
  output_image_tokens: "output_image_tokens",
} as const satisfies Record<string, UsageMeasure>;

export type MeasureColumn = keyof typeof measureFields;

export const measureColumns = Object.keys(measureFields) as MeasureColumn[];

export const usageEndpoints = [
  "completions",
  "embeddings",
  "moderations",
  "images",
  "audio_speeches",
  "audio_transcriptions",
  "vector_stores",
  "code_interpreter_sessions",
  "file_search_calls",
  "web_search_calls",
] as const;

export type UsageEndpoint = (typeof usageEndpoints)[number];

/** The field with an endpoint's own unit; endpoints without one are measured in requests and tokens alone. */
export const quantityFields: Record<UsageEndpoint, UsageMeasure | null> = {
  completions: null,
  embeddings: null,
  moderations: null,
  images: "images",
  audio_speeches: "characters",
  audio_transcriptions: "seconds",
  vector_stores: "usage_bytes",
  code_interpreter_sessions: "num_sessions",
  file_search_calls: "num_requests",
  web_search_calls: "num_requests",
};
