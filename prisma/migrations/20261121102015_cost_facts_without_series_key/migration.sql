-- DropForeignKey
ALTER TABLE "cost_facts" DROP CONSTRAINT "cost_facts_org_id_series_id_fkey";

