-- CreateTable
CREATE TABLE "day_digests" (
    "org_id" UUID NOT NULL,
    "stream_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "digest" BYTEA NOT NULL,

    CONSTRAINT "day_digests_pkey" PRIMARY KEY ("org_id","stream_id","day")
);

-- AddForeignKey
ALTER TABLE "day_digests" ADD CONSTRAINT "day_digests_org_id_stream_id_fkey" FOREIGN KEY ("org_id", "stream_id") REFERENCES "streams"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------- by hand: what Prisma cannot know

-- Days that were synced before have none: they are compared row by row once more.
ALTER TABLE day_digests ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON day_digests USING (org_id = (SELECT app_org_id())) WITH CHECK (org_id = (SELECT app_org_id()));
