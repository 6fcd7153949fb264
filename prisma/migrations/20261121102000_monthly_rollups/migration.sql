-- Sums of the daily roll-ups by UTC month: a range is read as whole months and a few days, see server/usage/range-parts.ts.
-- CreateTable
CREATE TABLE "cost_monthly" (
    "org_id" UUID NOT NULL,
    "dimension" SMALLINT NOT NULL,
    "month" DATE NOT NULL,
    "key" TEXT NOT NULL,
    "stream_id" INTEGER NOT NULL,
    "amount" DECIMAL NOT NULL,
    "days" INTEGER NOT NULL,

    CONSTRAINT "cost_monthly_pkey" PRIMARY KEY ("org_id","dimension","month","key","stream_id")
);

-- CreateTable
CREATE TABLE "usage_monthly" (
    "org_id" UUID NOT NULL,
    "dimension" SMALLINT NOT NULL,
    "month" DATE NOT NULL,
    "key" TEXT NOT NULL,
    "stream_id" INTEGER NOT NULL,
    "requests" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "input_cached_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "quantity" BIGINT NOT NULL,
    "days" INTEGER NOT NULL,

    CONSTRAINT "usage_monthly_pkey" PRIMARY KEY ("org_id","dimension","month","key","stream_id")
);

-- The running month's rows change with every sync that brings something: room to do so in place.
ALTER TABLE cost_monthly SET (fillfactor = 80);
ALTER TABLE usage_monthly SET (fillfactor = 80);

ALTER TABLE cost_monthly ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON cost_monthly USING (org_id = (SELECT app_org_id())) WITH CHECK (org_id = (SELECT app_org_id()));
ALTER TABLE usage_monthly ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON usage_monthly USING (org_id = (SELECT app_org_id())) WITH CHECK (org_id = (SELECT app_org_id()));

-- What all users were billed by day: dimension 6 beside 2 (users).
INSERT INTO cost_daily (org_id, dimension, day, key, stream_id, amount)
SELECT org_id, 6, day, '', stream_id, sum(amount) FROM cost_daily WHERE dimension = 2 GROUP BY org_id, day, stream_id;

INSERT INTO cost_monthly (org_id, dimension, month, key, stream_id, amount, days)
SELECT org_id, dimension, date_trunc('month', day)::date, key, stream_id, sum(amount), count(*)
FROM cost_daily GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4;

-- Dimensions 0 to 4 have no second key.
INSERT INTO usage_monthly (org_id, dimension, month, key, stream_id, requests, input_tokens, input_cached_tokens,
  output_tokens, quantity, days)
SELECT org_id, dimension, date_trunc('month', day)::date, key, stream_id, sum(requests), sum(input_tokens),
  sum(input_cached_tokens), sum(output_tokens), sum(quantity), count(*)
FROM usage_daily WHERE dimension <= 4 GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4;

-- Charts and detail pages read single members day by day.
CREATE INDEX "cost_daily_org_id_dimension_key_day_idx" ON "cost_daily"("org_id", "dimension", "key", "day");

-- Every page of figures asks for money in other currencies, which nearly no org has.
CREATE INDEX series_other_currencies ON series (org_id, stream) WHERE currency <> 'usd';
