import type { Organization, RateLimit } from "./types";

const chat = (requests: number, tokens: number, batch: number) => ({
  max_requests_per_1_minute: requests,
  max_tokens_per_1_minute: tokens,
  batch_1_day_max_input_tokens: batch,
});

/** The organization's own limits per model: the most a project can be given. Only fields that apply are present. */
const ceilings: Readonly<Record<string, Record<string, number>>> = {
  "gpt-4o": chat(10_000, 2_000_000, 200_000_000),
  "gpt-4o-2024-08-06": chat(10_000, 2_000_000, 200_000_000),
  "gpt-4o-mini": chat(10_000, 10_000_000, 1_000_000_000),
  "gpt-4o-mini-2024-07-18": chat(10_000, 10_000_000, 1_000_000_000),
  "gpt-5-2025-08-07": chat(10_000, 4_000_000, 200_000_000),
  "gpt-5.4-mini-2026-03-17": chat(10_000, 10_000_000, 1_000_000_000),
  "gpt-5.5-2026-04-23": chat(10_000, 4_000_000, 200_000_000),
  "gpt-5.6-terra": chat(10_000, 4_000_000, 200_000_000),
  "gpt-6-luna": chat(30_000, 30_000_000, 5_000_000_000),
  "gpt-6.2-astra": chat(5000, 2_000_000, 100_000_000),
  "gpt-6.2-sol": chat(15_000, 8_000_000, 400_000_000),
  "o3-2025-04-16": chat(10_000, 2_000_000, 200_000_000),
  "gpt-audio-2025-08-28": { max_requests_per_1_minute: 3000, max_tokens_per_1_minute: 250_000 },
  "gpt-image-2": { max_requests_per_1_minute: 0, max_tokens_per_1_minute: 3_000_000, max_images_per_1_minute: 150 },
  "gpt-4o-mini-tts": { max_requests_per_1_minute: 10_000, max_tokens_per_1_minute: 600_000 },
  "whisper-1": {
    max_requests_per_1_minute: 7500,
    max_tokens_per_1_minute: 0,
    max_audio_megabytes_per_1_minute: 1000,
    max_requests_per_1_day: 200_000,
  },
  "omni-moderation-latest": { max_requests_per_1_minute: 2000, max_tokens_per_1_minute: 250_000 },
  "text-embedding-3-large": {
    max_requests_per_1_minute: 5000,
    max_tokens_per_1_minute: 5_000_000,
    batch_1_day_max_input_tokens: 500_000_000,
  },
  "text-embedding-3-small": {
    max_requests_per_1_minute: 5000,
    max_tokens_per_1_minute: 5_000_000,
    batch_1_day_max_input_tokens: 500_000_000,
  },
};

export const rateLimitFields = [
  "max_requests_per_1_minute",
  "max_tokens_per_1_minute",
  "max_images_per_1_minute",
  "max_audio_megabytes_per_1_minute",
  "max_requests_per_1_day",
  "batch_1_day_max_input_tokens",
] as const;

export function ceilingOf(model: string): Readonly<Record<string, number>> {
  return ceilings[model] ?? {};
}

/** A project's limits; they equal the organization's until they are changed. */
export function rateLimitsOf(org: Organization, projectId: string): RateLimit[] {
  const known = org.rateLimits.get(projectId);
  if (known) return known;
  const limits = Object.entries(ceilings).map(([model, values]) => ({
    id: `rl-${model}`,
    model,
    limits: { ...values },
  }));
  org.rateLimits.set(projectId, limits);
  return limits;
}
