-- CreateTable
CREATE TABLE "fact_packs" (
    "org_id" UUID NOT NULL,
    "stream_id" INTEGER NOT NULL,
    "grain" SMALLINT NOT NULL,
    "zone" TEXT NOT NULL,
    "starts" DATE NOT NULL,
    "name" TEXT NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "fact_packs_pkey" PRIMARY KEY ("org_id","stream_id","zone","grain","name","starts")
);

-- ---------------------------------------------------------------- by hand: what Prisma cannot know

-- Packed already: looking for repetitions once more costs time and finds little.
ALTER TABLE fact_packs ALTER COLUMN data SET STORAGE EXTERNAL;

ALTER TABLE fact_packs ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON fact_packs USING (org_id = (SELECT app_org_id())) WITH CHECK (org_id = (SELECT app_org_id()));
