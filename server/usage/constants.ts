// Values that pages need without the schemas: those bring the library that checks them, a tenth of a page's JavaScript.
export { FIRST_DAY, MAX_RANGE_DAYS } from "@/server/lib/time";

/** What spend can be broken down by on the screens. */
export const breakdownDimensions = ["project", "user", "api_key", "model"] as const;

/** As many as lines can still be told apart. */
export const MAX_COMPARED = 6;

export const trendMeasures = ["cost", "requests", "inputTokens", "inputCachedTokens", "outputTokens"] as const;

/** The provider's names of a rate limit's fields. */
export const rateLimitFields = [
  "max_requests_per_1_minute",
  "max_tokens_per_1_minute",
  "max_requests_per_1_day",
  "max_images_per_1_minute",
  "max_audio_megabytes_per_1_minute",
  "batch_1_day_max_input_tokens",
] as const;
