-- Where the days begin that were fetched with a coarser grouping than wanted: once the finest is accepted again, they are
-- fetched again.
ALTER TABLE "streams" ADD COLUMN "coarse_from" TIMESTAMPTZ;
