import { afterAll, beforeAll, expect, it } from "vitest";
import { runInline } from "@/server/sync/run-inline";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";
import { rebuildRollups } from "@/server/usage/rebuild-rollups";

const database = useTestDatabase();
let provider: Provider;
let org: TestOrg;
let connectionId: string;

beforeAll(async () => {
  provider = await startProvider("2026-10-20T15:30:00Z");
  org = await makeOrg();
  const adminKey = "sk-admin-sandbox-acme-readonly";
  connectionId = await makeConnection(org, { baseUrl: provider.url, adminKey, backfillDays: 5 });
  await sync("backfill");
}, 120_000);
afterAll(() => provider.close());

const sync = (kind: "backfill" | "trailing") =>
  runInline(org.access, { connectionId, kind, trigger: "cli" }, { concurrency: 4, now: provider.now, lookEveryMs: 50 });

async function rollups() {
  const all = [];
  for (const table of ["cost_daily", "usage_daily", "cost_spans", "usage_spans", "usage_priced_daily"]) {
    const { rows } = await database.owner.query(`select d::text as row from ${table} d where org_id = $1 order by 1`, [
      org.id,
    ]);
    all.push(...rows.map(({ row }) => `${table} ${row}`));
  }
  return all;
}

const differing = (rebuilt: { rowsDiffering: number }[]) => rebuilt.reduce((sum, row) => sum + row.rowsDiffering, 0);

it("rebuilding from the facts gives the very rows that syncing made", async () => {
  const before = await rollups();
  expect(before.length).toBeGreaterThan(500);
  const rebuilt = await rebuildRollups(org.access);
  expect(differing(rebuilt)).toBe(0);
  expect(rebuilt.reduce((sum, { rows }) => sum + rows, 0)).toBe(before.length);
  expect(await rollups()).toEqual(before);
});

it("rows that are wrong, missing or too many are put right and counted", async () => {
  const before = await rollups();
  const { rowCount: changed } = await database.owner.query(
    "update cost_daily set amount = amount + 1 where org_id = $1 and dimension = 0 and day = '2026-10-18'",
    [org.id],
  );
  const { rowCount: dropped } = await database.owner.query(
    "delete from usage_daily where org_id = $1 and dimension = 4 and day = '2026-10-17'",
    [org.id],
  );
  await database.owner.query(
    `insert into cost_daily (org_id, dimension, day, key, stream_id, amount)
     select org_id, 1, date '2026-01-01', 'proj_invented', min(stream_id), 7 from cost_daily where org_id = $1 group by 1
     union all select $1, 1, '2026-01-01', 'proj_orphan', 2000000000, 7`,
    [org.id],
  );
  const { rowCount: changedMonths } = await database.owner.query(
    "update cost_spans set days = days - 1 where org_id = $1 and dimension = 1",
    [org.id],
  );
  const rebuilt = await rebuildRollups(org.access);
  expect(differing(rebuilt)).toBe((changed ?? 0) + (dropped ?? 0) + 1 + (changedMonths ?? 0));
  expect(await rollups()).toEqual(before);
});

it("days whose facts are gone are fetched again afterwards, as if nobody had seen them", async () => {
  const counted = async () => {
    const { rows } = await database.owner.query("select count(*)::int as facts from usage_facts where org_id = $1", [
      org.id,
    ]);
    return Number(rows[0].facts);
  };
  // What days were given as is known from here on.
  await sync("trailing");
  const before = await counted();
  const { rowCount } = await database.owner.query(
    "delete from usage_facts where org_id = $1 and (bucket_start at time zone 'UTC')::date = '2026-10-17'",
    [org.id],
  );
  expect(rowCount).toBeGreaterThan(0);
  await rebuildRollups(org.access);
  await sync("trailing");
  expect(await counted()).toBe(before);
});

it("leaves other orgs alone and is on record", async () => {
  const other = await makeOrg("Other");
  const before = await rollups();
  expect(await rebuildRollups(other.access)).toEqual([]);
  expect(await rollups()).toEqual(before);
  const { rows } = await database.owner.query(
    "select actor_type from audit_events where org_id = $1 and action = 'rollups.rebuild'",
    [other.id],
  );
  expect(rows).toEqual([{ actor_type: "operator" }]);
});
