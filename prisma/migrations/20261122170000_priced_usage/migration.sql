-- CreateTable
CREATE TABLE "usage_priced_daily" (
    "org_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "stream_id" INTEGER NOT NULL,
    "model" TEXT NOT NULL,
    "is_batch" BOOLEAN NOT NULL,
    "service_tier" TEXT NOT NULL,
    "input" BIGINT NOT NULL,
    "cached_input" BIGINT NOT NULL,
    "cache_write" BIGINT NOT NULL,
    "output" BIGINT NOT NULL,
    "audio_input" BIGINT NOT NULL,
    "cached_audio_input" BIGINT NOT NULL,
    "audio_output" BIGINT NOT NULL,
    "image_input" BIGINT NOT NULL,
    "cached_image_input" BIGINT NOT NULL,
    "image_output" BIGINT NOT NULL,
    "quantity" BIGINT NOT NULL,

    CONSTRAINT "usage_priced_daily_pkey" PRIMARY KEY ("org_id","day","stream_id","model","is_batch","service_tier")
);

-- ---------------------------------------------------------------- by hand: what Prisma cannot know

ALTER TABLE usage_priced_daily ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON usage_priced_daily USING (org_id = (SELECT app_org_id())) WITH CHECK (org_id = (SELECT app_org_id()));

-- What was synced before: the same sums as server/usage/priced-usage.sql.ts makes from then on.
INSERT INTO usage_priced_daily
SELECT f.org_id, (f.bucket_start AT TIME ZONE 'UTC')::date, f.stream_id, coalesce(s.model, ''), coalesce(s.batch, false),
  coalesce(s.service_tier, ''),
  sum(coalesce(f.input_text_tokens, coalesce(f.input_uncached_tokens, f.input_tokens - coalesce(f.input_cached_tokens, 0)
    - coalesce(f.input_cache_write_tokens, 0)) - coalesce(f.input_audio_tokens, 0) - coalesce(f.input_image_tokens, 0), 0)),
  sum(coalesce(f.input_cached_text_tokens, f.input_cached_tokens - coalesce(f.input_cached_audio_tokens, 0)
    - coalesce(f.input_cached_image_tokens, 0), 0)),
  sum(coalesce(f.input_cache_write_tokens, 0)),
  sum(coalesce(f.output_text_tokens, f.output_tokens - coalesce(f.output_audio_tokens, 0) - coalesce(f.output_image_tokens, 0), 0)),
  sum(coalesce(f.input_audio_tokens, 0)), sum(coalesce(f.input_cached_audio_tokens, 0)), sum(coalesce(f.output_audio_tokens, 0)),
  sum(coalesce(f.input_image_tokens, 0)), sum(coalesce(f.input_cached_image_tokens, 0)), sum(coalesce(f.output_image_tokens, 0)),
  sum(coalesce(f.quantity, 0))
FROM usage_facts f JOIN series s ON s.org_id = f.org_id AND s.id = f.series_id
GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6;
