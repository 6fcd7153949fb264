-- CreateTable
CREATE TABLE "anomaly_dismissals" (
    "org_id" UUID NOT NULL,
    "dimension" SMALLINT NOT NULL,
    "key" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "dismissed_by" UUID,
    "dismissed_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "anomaly_dismissals_pkey" PRIMARY KEY ("org_id","dimension","key","day")
);

-- AddForeignKey
ALTER TABLE "anomaly_dismissals" ADD CONSTRAINT "anomaly_dismissals_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------- by hand: what Prisma cannot know

ALTER TABLE anomaly_dismissals ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON anomaly_dismissals USING (org_id = (SELECT app_org_id())) WITH CHECK (org_id = (SELECT app_org_id()));
