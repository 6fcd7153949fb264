-- Sums over five days (1) and quarters (3) beside those over months (2): a range is read as few sums, see
-- server/usage/range-parts.ts. The last five days of a month are as many as are left of it.
-- CreateTable
CREATE TABLE "cost_spans" (
    "org_id" UUID NOT NULL,
    "dimension" SMALLINT NOT NULL,
    "span" SMALLINT NOT NULL,
    "starts" DATE NOT NULL,
    "key" TEXT NOT NULL,
    "stream_id" INTEGER NOT NULL,
    "amount" DECIMAL NOT NULL,
    "days" INTEGER NOT NULL,

    CONSTRAINT "cost_spans_pkey" PRIMARY KEY ("org_id","dimension","span","starts","key","stream_id")
);

-- CreateTable
CREATE TABLE "usage_spans" (
    "org_id" UUID NOT NULL,
    "dimension" SMALLINT NOT NULL,
    "span" SMALLINT NOT NULL,
    "starts" DATE NOT NULL,
    "key" TEXT NOT NULL,
    "stream_id" INTEGER NOT NULL,
    "requests" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "input_cached_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "quantity" BIGINT NOT NULL,
    "days" INTEGER NOT NULL,

    CONSTRAINT "usage_spans_pkey" PRIMARY KEY ("org_id","dimension","span","starts","key","stream_id")
);

-- All rows of the running month change with every sync that brings something: room for as many rows again, in place.
ALTER TABLE cost_spans SET (fillfactor = 45);
ALTER TABLE usage_spans SET (fillfactor = 45);

ALTER TABLE cost_spans ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON cost_spans USING (org_id = (SELECT app_org_id())) WITH CHECK (org_id = (SELECT app_org_id()));
ALTER TABLE usage_spans ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON usage_spans USING (org_id = (SELECT app_org_id())) WITH CHECK (org_id = (SELECT app_org_id()));

INSERT INTO cost_spans (org_id, dimension, span, starts, key, stream_id, amount, days)
SELECT org_id, dimension, span, starts, key, stream_id, sum(amount), count(*)
FROM cost_daily, LATERAL (VALUES
  (1, date_trunc('month', day::timestamp)::date + least((extract(day FROM day)::int - 1) / 5, 5) * 5),
  (2, date_trunc('month', day::timestamp)::date),
  (3, date_trunc('quarter', day::timestamp)::date)
) of_day (span, starts)
GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5;

-- Dimensions 0 to 4 have no second key.
INSERT INTO usage_spans (org_id, dimension, span, starts, key, stream_id, requests, input_tokens, input_cached_tokens,
  output_tokens, quantity, days)
SELECT org_id, dimension, span, starts, key, stream_id, sum(requests), sum(input_tokens), sum(input_cached_tokens),
  sum(output_tokens), sum(quantity), count(*)
FROM usage_daily, LATERAL (VALUES
  (1, date_trunc('month', day::timestamp)::date + least((extract(day FROM day)::int - 1) / 5, 5) * 5),
  (2, date_trunc('month', day::timestamp)::date),
  (3, date_trunc('quarter', day::timestamp)::date)
) of_day (span, starts)
WHERE dimension <= 4 GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5;

DROP TABLE cost_monthly;
DROP TABLE usage_monthly;
