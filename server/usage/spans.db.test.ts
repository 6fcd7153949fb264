import { beforeEach, expect, it } from "vitest";
import { withTenantConnection } from "@/server/db/tenant";
import { MS_PER_DAY, MS_PER_HOUR, parseUtcDay } from "@/server/lib/time";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { usageDimensions } from "@/server/usage/dimensions";
import { measureColumns } from "@/server/usage/measures";
import { noDimensions } from "@/server/usage/normalise";
import { replaceWindow } from "@/server/usage/replace-window";
import { SeriesTable, type StreamRef } from "@/server/usage/series";
import { startOfSpan, spans } from "@/server/usage/spans";

const database = useTestDatabase();
let org: TestOrg;
let stream: StreamRef;

beforeEach(async () => {
  org = await makeOrg();
  const connectionId = await makeConnection(org);
  const { rows } = await database.owner.query(
    "insert into streams (org_id, connection_id, name, grouping) values ($1, $2, 'usage.completions', '{}') returning id",
    [org.id, connectionId],
  );
  stream = { id: rows[0].id, connectionId, name: "usage.completions" };
});

/** Replaces a day by one hour with so many requests of each model. */
function storeDay(name: string, requests: Record<string, number>) {
  const day = parseUtcDay(name).getTime();
  const series = new SeriesTable();
  const rows = Object.entries(requests).map(([model, count]) => ({
    bucketStart: day + 5 * MS_PER_HOUR,
    series: series.numberOf({ ...noDimensions, model }),
    measures: measureColumns.map((_, i) => (i === 0 ? count : 0)),
    quantity: null,
    more: null,
  }));
  const [start, end] = [new Date(day), new Date(day + MS_PER_DAY)];
  return withTenantConnection(org.id, (client) =>
    replaceWindow(client, org.id, { stream, width: "1h", start, end, fetchedAt: end }, { kind: "usage", series, rows }),
  );
}

const summedSpans = Object.entries(spans).map(
  ([span, number]) => `
    select dimension, ${number} as span, ${startOfSpan[span as keyof typeof spans]("day")} as starts, key,
      sum(requests)::int as requests, count(*)::int as days
    from usage_daily where org_id = $1 and key2 = '' group by 1, 2, 3, 4`,
);

/** What the spans say, and what adding up their days says. */
async function bothWays() {
  const order = "order by dimension, span, starts, key";
  const kept = await database.owner.query(
    `select dimension, span, starts, key, requests::int as requests, days from usage_spans where org_id = $1 ${order}`,
    [org.id],
  );
  const summed = await database.owner.query(
    `select * from (${summedSpans.join(" union all ")}) s
     where dimension in (select distinct dimension from usage_spans where org_id = $1) ${order}`,
    [org.id],
  );
  return { kept: kept.rows, summed: summed.rows };
}

it("spans are the sums of their days when members come, stay and go", async () => {
  await storeDay("2026-10-08", { a: 1, b: 2 });
  await storeDay("2026-10-09", { a: 4, c: 8 });
  await storeDay("2026-11-02", { b: 16 });
  const before = await bothWays();
  expect(before.kept.length).toBeGreaterThan(20);
  expect(before.kept).toEqual(before.summed);

  // b has no day of October left, d is new in spans that are there, a is less than before.
  await storeDay("2026-10-08", { a: 0, d: 32 });
  const after = await bothWays();
  expect(after.kept).toEqual(after.summed);
  const models = after.kept.filter(
    ({ dimension, span }) => dimension === usageDimensions.model && span === spans.month,
  );
  expect(models.map(({ key, requests, days }) => [key, requests, days])).toEqual([
    ["a", 4, 2],
    ["c", 8, 1],
    ["d", 32, 1],
    ["b", 16, 1],
  ]);
});

it("new members of a span lie in the order of their keys, as they are read together", async () => {
  const models = Array.from({ length: 300 }, (_, i) => `model-${String((i * 7) % 300).padStart(3, "0")}`);
  await storeDay("2026-10-08", { "model-150": 1 });
  await storeDay("2026-10-09", Object.fromEntries(models.map((model) => [model, 1])));
  const { rows } = await database.owner.query(
    "select key from usage_spans where org_id = $1 and dimension = $2 and span = $3 and key <> 'model-150' order by ctid",
    [org.id, usageDimensions.model, spans.month],
  );
  expect(rows.map(({ key }) => key)).toEqual(models.toSorted().filter((model) => model !== "model-150"));
});
