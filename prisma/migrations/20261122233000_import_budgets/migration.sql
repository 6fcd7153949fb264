-- Files of budgets: how many they give, and what of them was not taken.
ALTER TABLE "import_files" ADD COLUMN     "budgets" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "left_out" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "left_out_count" INTEGER NOT NULL DEFAULT 0;
