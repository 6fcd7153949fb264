-- CreateEnum
CREATE TYPE "allocation_method" AS ENUM ('none', 'fixed', 'proportional');

-- CreateTable
CREATE TABLE "directory_aliases" (
    "org_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "directory_aliases_pkey" PRIMARY KEY ("org_id","kind","item_id")
);

-- CreateTable
CREATE TABLE "tag_values" (
    "org_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,
    "tag_key" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "value" TEXT,

    CONSTRAINT "tag_values_pkey" PRIMARY KEY ("org_id","kind","item_id","tag_key","from_day")
);

-- CreateTable
CREATE TABLE "cost_centers" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "code" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cost_centers_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "cost_center_markups" (
    "org_id" UUID NOT NULL,
    "cost_center_id" UUID NOT NULL,
    "from_day" DATE NOT NULL,
    "percent" DECIMAL NOT NULL,

    CONSTRAINT "cost_center_markups_pkey" PRIMARY KEY ("org_id","cost_center_id","from_day")
);

-- CreateTable
CREATE TABLE "allocation_rules" (
    "org_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "method" "allocation_method" NOT NULL,

    CONSTRAINT "allocation_rules_pkey" PRIMARY KEY ("org_id","kind","item_id","from_day")
);

-- CreateTable
CREATE TABLE "allocation_shares" (
    "org_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "cost_center_id" UUID NOT NULL,
    "percent" DECIMAL,

    CONSTRAINT "allocation_shares_pkey" PRIMARY KEY ("org_id","kind","item_id","from_day","cost_center_id")
);

-- CreateIndex
CREATE INDEX "tag_values_org_id_tag_key_idx" ON "tag_values"("org_id", "tag_key");

-- CreateIndex
CREATE UNIQUE INDEX "cost_centers_org_id_name_key" ON "cost_centers"("org_id", "name");

-- CreateIndex
CREATE INDEX "allocation_shares_org_id_cost_center_id_idx" ON "allocation_shares"("org_id", "cost_center_id");

-- AddForeignKey
ALTER TABLE "directory_aliases" ADD CONSTRAINT "directory_aliases_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tag_values" ADD CONSTRAINT "tag_values_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cost_centers" ADD CONSTRAINT "cost_centers_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cost_center_markups" ADD CONSTRAINT "cost_center_markups_org_id_cost_center_id_fkey" FOREIGN KEY ("org_id", "cost_center_id") REFERENCES "cost_centers"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allocation_rules" ADD CONSTRAINT "allocation_rules_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allocation_shares" ADD CONSTRAINT "allocation_shares_org_id_kind_item_id_from_day_fkey" FOREIGN KEY ("org_id", "kind", "item_id", "from_day") REFERENCES "allocation_rules"("org_id", "kind", "item_id", "from_day") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allocation_shares" ADD CONSTRAINT "allocation_shares_org_id_cost_center_id_fkey" FOREIGN KEY ("org_id", "cost_center_id") REFERENCES "cost_centers"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;


-- ---------------------------------------------------------------- by hand: what Prisma cannot know

DO $$
DECLARE tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['directory_aliases', 'tag_values', 'cost_centers', 'cost_center_markups',
    'allocation_rules', 'allocation_shares'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org_id())) WITH CHECK (org_id = (SELECT app_org_id()))',
      tenant_table);
  END LOOP;
END $$;

ALTER TABLE directory_aliases ADD CONSTRAINT directory_aliases_kind CHECK (kind IN ('project', 'user', 'api_key'));
ALTER TABLE tag_values ADD CONSTRAINT tag_values_kind CHECK (kind IN ('project', 'user', 'api_key'));
ALTER TABLE allocation_rules ADD CONSTRAINT allocation_rules_kind CHECK (kind IN ('project', 'user', 'api_key'));
ALTER TABLE allocation_shares ADD CONSTRAINT allocation_shares_percent CHECK (percent > 0 AND percent <= 100);
ALTER TABLE cost_center_markups ADD CONSTRAINT cost_center_markups_percent CHECK (percent >= -100 AND percent <= 1000);
