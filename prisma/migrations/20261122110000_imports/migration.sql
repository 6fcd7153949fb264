-- CreateEnum
CREATE TYPE "connection_kind" AS ENUM ('provider', 'import', 'draft');

-- CreateEnum
CREATE TYPE "import_state" AS ENUM ('draft', 'committed', 'undone');

-- AlterTable
ALTER TABLE "connections" ADD COLUMN     "kind" "connection_kind" NOT NULL DEFAULT 'provider';

-- AlterTable
ALTER TABLE "streams" ADD COLUMN     "held" tstzmultirange NOT NULL DEFAULT '{}'::tstzmultirange;

-- CreateTable
CREATE TABLE "imports" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "state" "import_state" NOT NULL DEFAULT 'draft',
    "openai_org_id" TEXT,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "committed_by" TEXT,
    "committed_at" TIMESTAMPTZ,
    "undone_by" TEXT,
    "undone_at" TIMESTAMPTZ,

    CONSTRAINT "imports_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "import_files" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "lists" TEXT[],
    "openai_org_id" TEXT,
    "first_day" DATE,
    "last_day" DATE,
    "days" INTEGER NOT NULL DEFAULT 0,
    "amount" DECIMAL,
    "names" INTEGER NOT NULL DEFAULT 0,
    "open_days" INTEGER NOT NULL DEFAULT 0,
    "has_more" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "import_files_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "held_cost_facts" (
    "org_id" UUID NOT NULL,
    "stream_id" INTEGER NOT NULL,
    "bucket_start" TIMESTAMPTZ(0) NOT NULL,
    "series_id" BIGINT NOT NULL,
    "amount" DECIMAL NOT NULL,
    "quantity" DECIMAL,

    CONSTRAINT "held_cost_facts_pkey" PRIMARY KEY ("org_id","stream_id","bucket_start","series_id")
);

-- CreateTable
CREATE TABLE "held_usage_facts" (
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

    CONSTRAINT "held_usage_facts_pkey" PRIMARY KEY ("org_id","stream_id","bucket_start","series_id")
);

-- CreateIndex
CREATE INDEX "imports_org_id_created_at_idx" ON "imports"("org_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "import_files_org_id_import_id_idx" ON "import_files"("org_id", "import_id");

-- CreateIndex
CREATE INDEX "import_files_org_id_sha256_idx" ON "import_files"("org_id", "sha256");

-- AddForeignKey
ALTER TABLE "imports" ADD CONSTRAINT "imports_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_files" ADD CONSTRAINT "import_files_org_id_import_id_fkey" FOREIGN KEY ("org_id", "import_id") REFERENCES "imports"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------- by hand: what Prisma cannot know

DO $$
DECLARE tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['imports', 'import_files', 'held_cost_facts', 'held_usage_facts'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org_id())) WITH CHECK (org_id = (SELECT app_org_id()))',
      tenant_table);
  END LOOP;
END $$;

-- Every page and every stored window asks whether anything was imported: mostly nothing.
CREATE INDEX connections_imported ON connections (org_id, openai_org_id) WHERE kind = 'import';

-- The nightly tidying: imports that were never committed, in any organization.
CREATE FUNCTION system_forgotten_imports(before timestamptz, max_rows int)
  RETURNS TABLE (org_id uuid, import_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT i.org_id, i.id FROM imports i
  WHERE i.state = 'draft' AND i.created_at < before
  ORDER BY i.created_at LIMIT max_rows
$$;
REVOKE ALL ON FUNCTION system_forgotten_imports(timestamptz, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION system_forgotten_imports(timestamptz, int) TO tollkeeper_app;
