-- CreateEnum
CREATE TYPE "export_frequency" AS ENUM ('day', 'week', 'month');

-- CreateEnum
CREATE TYPE "export_run_state" AS ENUM ('queued', 'running', 'succeeded', 'failed');

-- AlterTable
ALTER TABLE "restatements" ADD COLUMN     "noted_in" xid8 NOT NULL DEFAULT pg_current_xact_id();

-- CreateTable
CREATE TABLE "export_schedules" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "search" TEXT NOT NULL,
    "frequency" "export_frequency" NOT NULL,
    "hour" SMALLINT NOT NULL,
    "day_of_period" SMALLINT,
    "trailing_days" SMALLINT,
    "next_at" TIMESTAMPTZ,
    "target" JSONB NOT NULL,
    "secret_sealed" BYTEA,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "export_schedules_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "export_runs" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "schedule_id" UUID,
    "name" TEXT,
    "search" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "state" "export_run_state" NOT NULL DEFAULT 'queued',
    "requested_by" TEXT,
    "requested_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "finished_at" TIMESTAMPTZ,
    "taken_at" TIMESTAMPTZ,
    "snapshot" TEXT,
    "manifest" JSONB,
    "location" TEXT,
    "error_code" TEXT,

    CONSTRAINT "export_runs_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateIndex
CREATE INDEX "export_runs_org_id_requested_at_idx" ON "export_runs"("org_id", "requested_at" DESC);

-- AddForeignKey
ALTER TABLE "export_schedules" ADD CONSTRAINT "export_schedules_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "export_runs" ADD CONSTRAINT "export_runs_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------- by hand: what Prisma cannot know

DO $$
DECLARE tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['export_schedules', 'export_runs'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org_id())) WITH CHECK (org_id = (SELECT app_org_id()))',
      tenant_table);
  END LOOP;
END $$;

CREATE INDEX export_schedules_due ON export_schedules (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX export_runs_unfinished ON export_runs (requested_at) WHERE state IN ('queued', 'running') AND schedule_id IS NOT NULL;

-- The sweep: schedules that are due, and runs whose job may be lost, in any organization.
CREATE FUNCTION system_due_exports(at timestamptz, max_rows int)
  RETURNS TABLE (org_id uuid, schedule_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.org_id, s.id FROM export_schedules s JOIN orgs o ON o.id = s.org_id
  WHERE s.next_at <= at AND o.delete_after IS NULL
  ORDER BY s.next_at LIMIT max_rows
$$;
CREATE FUNCTION system_lost_exports(before timestamptz, max_rows int)
  RETURNS TABLE (org_id uuid, run_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.org_id, r.id FROM export_runs r
  WHERE r.state IN ('queued', 'running') AND r.schedule_id IS NOT NULL AND r.requested_at < before
  ORDER BY r.requested_at LIMIT max_rows
$$;
REVOKE ALL ON FUNCTION system_due_exports(timestamptz, int), system_lost_exports(timestamptz, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION system_due_exports(timestamptz, int), system_lost_exports(timestamptz, int) TO tollkeeper_app;
