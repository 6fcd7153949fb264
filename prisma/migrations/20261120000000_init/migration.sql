-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role" AS ENUM ('owner', 'admin', 'reader');

-- CreateEnum
CREATE TYPE "connection_status" AS ENUM ('active', 'paused', 'broken', 'deleted');

-- CreateEnum
CREATE TYPE "usage_granularity" AS ENUM ('hour', 'day');

-- CreateEnum
CREATE TYPE "stream_state" AS ENUM ('ok', 'failing', 'unsupported', 'forbidden');

-- CreateEnum
CREATE TYPE "sync_run_kind" AS ENUM ('recent', 'trailing', 'backfill', 'directory');

-- CreateEnum
CREATE TYPE "sync_run_state" AS ENUM ('queued', 'running', 'succeeded', 'partial', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "locale" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "revoked_at" TIMESTAMPTZ,

    CONSTRAINT "user_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "orgs" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "timezone" TEXT NOT NULL DEFAULT 'UTC',
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "orgs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("org_id","user_id")
);

-- CreateTable
CREATE TABLE "org_data_keys" (
    "org_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "master_key_version" TEXT NOT NULL,
    "wrapped_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "org_data_keys_pkey" PRIMARY KEY ("org_id","version")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_type" TEXT NOT NULL,
    "actor_id" TEXT,
    "action" TEXT NOT NULL,
    "target_type" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "request_id" TEXT,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "connections" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "base_url" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL DEFAULT false,
    "openai_org_id" TEXT NOT NULL,
    "openai_org_name" TEXT,
    "status" "connection_status" NOT NULL DEFAULT 'active',
    "status_reason" TEXT,
    "status_changed_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "key_ciphertext" BYTEA,
    "key_last4" TEXT NOT NULL,
    "abilities" JSONB NOT NULL,
    "backfill_days" INTEGER NOT NULL DEFAULT 365,
    "trailing_days" INTEGER NOT NULL DEFAULT 3,
    "usage_granularity" "usage_granularity" NOT NULL DEFAULT 'hour',
    "next_recent_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_trailing_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_directory_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_synced_at" TIMESTAMPTZ,
    "lease_run_id" UUID,
    "lease_until" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connections_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "streams" (
    "org_id" UUID NOT NULL,
    "id" SERIAL NOT NULL,
    "connection_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "grouping" TEXT[],
    "coverage" tstzmultirange NOT NULL DEFAULT '{}'::tstzmultirange,
    "synced_through" TIMESTAMPTZ,
    "state" "stream_state" NOT NULL DEFAULT 'ok',
    "error_code" TEXT,
    "error_message" TEXT,
    "failed_at" TIMESTAMPTZ,

    CONSTRAINT "streams_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "sync_runs" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "kind" "sync_run_kind" NOT NULL,
    "trigger" TEXT NOT NULL,
    "state" "sync_run_state" NOT NULL DEFAULT 'queued',
    "from_time" TIMESTAMPTZ,
    "to_time" TIMESTAMPTZ,
    "is_refetch" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ,
    "heartbeat_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ,
    "cancel_requested_at" TIMESTAMPTZ,
    "error_code" TEXT,

    CONSTRAINT "sync_runs_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "sync_run_streams" (
    "org_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" "sync_run_state" NOT NULL DEFAULT 'queued',
    "windows_total" INTEGER NOT NULL DEFAULT 0,
    "windows_done" INTEGER NOT NULL DEFAULT 0,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "rows_seen" INTEGER NOT NULL DEFAULT 0,
    "rows_written" INTEGER NOT NULL DEFAULT 0,
    "rows_changed" INTEGER NOT NULL DEFAULT 0,
    "rows_removed" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ,
    "finished_at" TIMESTAMPTZ,
    "error_code" TEXT,
    "error_message" TEXT,

    CONSTRAINT "sync_run_streams_pkey" PRIMARY KEY ("org_id","run_id","name")
);

-- CreateTable
CREATE TABLE "restatements" (
    "org_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "stream_id" INTEGER NOT NULL,
    "series_id" BIGINT NOT NULL,
    "bucket_start" TIMESTAMPTZ(0) NOT NULL,
    "measure" TEXT NOT NULL,
    "before" DECIMAL,
    "after" DECIMAL,
    "observed_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "restatements_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "directory_items" (
    "org_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "parent_id" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "name" TEXT,
    "data" JSONB NOT NULL,
    "first_seen_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ,

    CONSTRAINT "directory_items_pkey" PRIMARY KEY ("org_id","connection_id","kind","parent_id","id")
);

-- CreateTable
CREATE TABLE "series" (
    "org_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "connection_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "key_hash" BYTEA NOT NULL,
    "bucket_width" TEXT NOT NULL,
    "project_id" TEXT,
    "user_id" TEXT,
    "api_key_id" TEXT,
    "model" TEXT,
    "line_item" TEXT,
    "batch" BOOLEAN,
    "service_tier" TEXT,
    "currency" TEXT,
    "quantity_unit" TEXT,
    "more" JSONB,

    CONSTRAINT "series_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "cost_facts" (
    "org_id" UUID NOT NULL,
    "stream_id" INTEGER NOT NULL,
    "bucket_start" TIMESTAMPTZ(0) NOT NULL,
    "series_id" BIGINT NOT NULL,
    "amount" DECIMAL NOT NULL,
    "quantity" DECIMAL,

    CONSTRAINT "cost_facts_pkey" PRIMARY KEY ("org_id","stream_id","bucket_start","series_id")
);

-- CreateTable
CREATE TABLE "usage_facts" (
    "org_id" UUID NOT NULL,
    "stream_id" INTEGER NOT NULL,
    "bucket_start" TIMESTAMPTZ(0) NOT NULL,
    "series_id" BIGINT NOT NULL,
    "requests" BIGINT,
    "input_tokens" BIGINT,
    "input_cached_tokens" BIGINT,
    "input_uncached_tokens" BIGINT,
    "input_cache_write_tokens" BIGINT,
    "input_text_tokens" BIGINT,
    "input_audio_tokens" BIGINT,
    "input_image_tokens" BIGINT,
    "input_cached_text_tokens" BIGINT,
    "input_cached_audio_tokens" BIGINT,
    "input_cached_image_tokens" BIGINT,
    "output_tokens" BIGINT,
    "output_text_tokens" BIGINT,
    "output_audio_tokens" BIGINT,
    "output_image_tokens" BIGINT,
    "quantity" BIGINT,
    "more" JSONB,

    CONSTRAINT "usage_facts_pkey" PRIMARY KEY ("org_id","stream_id","bucket_start","series_id")
);

-- CreateTable
CREATE TABLE "cost_daily" (
    "org_id" UUID NOT NULL,
    "dimension" SMALLINT NOT NULL,
    "day" DATE NOT NULL,
    "key" TEXT NOT NULL,
    "stream_id" INTEGER NOT NULL,
    "amount" DECIMAL NOT NULL,

    CONSTRAINT "cost_daily_pkey" PRIMARY KEY ("org_id","dimension","day","key","stream_id")
);

-- CreateTable
CREATE TABLE "usage_daily" (
    "org_id" UUID NOT NULL,
    "dimension" SMALLINT NOT NULL,
    "day" DATE NOT NULL,
    "key" TEXT NOT NULL,
    "key2" TEXT NOT NULL DEFAULT '',
    "stream_id" INTEGER NOT NULL,
    "requests" BIGINT NOT NULL DEFAULT 0,
    "input_tokens" BIGINT NOT NULL DEFAULT 0,
    "input_cached_tokens" BIGINT NOT NULL DEFAULT 0,
    "output_tokens" BIGINT NOT NULL DEFAULT 0,
    "quantity" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_daily_pkey" PRIMARY KEY ("org_id","dimension","day","key","key2","stream_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "user_sessions_user_id_idx" ON "user_sessions"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "orgs_slug_key" ON "orgs"("slug");

-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

-- CreateIndex
CREATE INDEX "audit_events_org_id_at_idx" ON "audit_events"("org_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "streams_org_id_connection_id_name_key" ON "streams"("org_id", "connection_id", "name");

-- CreateIndex
CREATE INDEX "sync_runs_org_id_connection_id_created_at_idx" ON "sync_runs"("org_id", "connection_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "restatements_org_id_observed_at_idx" ON "restatements"("org_id", "observed_at" DESC);

-- CreateIndex
CREATE INDEX "directory_items_org_id_kind_id_idx" ON "directory_items"("org_id", "kind", "id");

-- CreateIndex
CREATE UNIQUE INDEX "series_org_id_key_hash_key" ON "series"("org_id", "key_hash");

-- CreateIndex
CREATE INDEX "cost_facts_org_id_series_id_bucket_start_idx" ON "cost_facts"("org_id", "series_id", "bucket_start");

-- AddForeignKey
ALTER TABLE "user_sessions" ADD CONSTRAINT "user_sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "org_data_keys" ADD CONSTRAINT "org_data_keys_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connections" ADD CONSTRAINT "connections_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "streams" ADD CONSTRAINT "streams_org_id_connection_id_fkey" FOREIGN KEY ("org_id", "connection_id") REFERENCES "connections"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_org_id_connection_id_fkey" FOREIGN KEY ("org_id", "connection_id") REFERENCES "connections"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_run_streams" ADD CONSTRAINT "sync_run_streams_org_id_run_id_fkey" FOREIGN KEY ("org_id", "run_id") REFERENCES "sync_runs"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "restatements" ADD CONSTRAINT "restatements_org_id_stream_id_fkey" FOREIGN KEY ("org_id", "stream_id") REFERENCES "streams"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "restatements" ADD CONSTRAINT "restatements_org_id_series_id_fkey" FOREIGN KEY ("org_id", "series_id") REFERENCES "series"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "directory_items" ADD CONSTRAINT "directory_items_org_id_connection_id_fkey" FOREIGN KEY ("org_id", "connection_id") REFERENCES "connections"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "series" ADD CONSTRAINT "series_org_id_connection_id_fkey" FOREIGN KEY ("org_id", "connection_id") REFERENCES "connections"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cost_facts" ADD CONSTRAINT "cost_facts_org_id_series_id_fkey" FOREIGN KEY ("org_id", "series_id") REFERENCES "series"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;


