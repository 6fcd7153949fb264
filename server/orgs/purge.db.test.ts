import { afterEach, describe, expect, it } from "vitest";
import { listOrgIds } from "@/server/auth/system.sql";
import { modelClassification } from "@/server/db/model-classification";
import { withTenantConnection } from "@/server/db/tenant";
import { purgeOrgs } from "@/server/orgs/purge-orgs";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeOrg, type TestOrg } from "@/server/testing/factories";
import { fillTables } from "@/server/testing/fill-tables";

const database = useTestDatabase();
const never = new AbortController().signal;
const tenantTables = Object.entries(modelClassification)
  .filter(([, kind]) => kind === "tenant")
  .map(([table]) => table);

const query = async (text: string, values: unknown[] = []) => (await database.owner.query(text, values)).rows;

async function filledOrg(name: string): Promise<TestOrg> {
  const org = await makeOrg(name);
  await fillTables(database.owner, org);
  return org;
}

const graceIsOver = (org: TestOrg) =>
  query("update orgs set delete_after = now() - interval '1 second' where id = $1", [org.id]);

/** In every table of every schema, whatever its columns: rows in whose text the org's id stands. */
async function tracesOf(org: TestOrg): Promise<Record<string, number>> {
  const tables = await query(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await query(`select count(*)::int as n from ${name} t where t::text like '%' || $1 || '%'`, [org.id]);
    if (row.n > 0) counts[name] = row.n;
  }
  return counts;
}

afterEach(() => query("delete from orgs"));

describe("once its grace period is over", () => {
  it("an org is gone from every table, and no other org lost a row", async () => {
    const [doomed, other] = [await filledOrg("Doomed"), await filledOrg("Other")];
    const provider = `oidc:${doomed.id}`;
    await query(
      "insert into user_identities (id, user_id, provider, subject) values (gen_random_uuid(), $1, $2, 'x')",
      [doomed.owner.id, provider],
    );
    await query(
      "insert into user_sessions (id, user_id, method, expires_at) values (gen_random_uuid(), $1, $2, now() + interval '1 day')",
      [doomed.owner.id, provider],
    );
    await query("insert into account_events (id, user_id, action, method) values (gen_random_uuid(), $1, 'x', $2)", [
      doomed.owner.id,
      provider,
    ]);
    for (const [purpose, data] of [
      ["second_factor", { method: provider }],
      ["link_identity", { provider, subject: "x" }],
    ])
      await query(
        "insert into one_time_tokens (token_hash, purpose, email, data, expires_at) values ($1, $1::text::one_time_token_purpose, 'x', $2, now())",
        [purpose, data],
      );
    const before = await tracesOf(other);
    expect(Object.keys(await tracesOf(doomed)).sort()).toEqual(
      [...tenantTables, "orgs", "user_identities", "user_sessions", "account_events", "one_time_tokens"]
        .map((table) => `public.${table}`)
        .sort(),
    );
    await graceIsOver(doomed);
    expect(await purgeOrgs({ signal: never })).toBe(true);
    expect(await tracesOf(doomed)).toEqual({});
    expect(await tracesOf(other)).toEqual(before);
    expect(await callAs(doomed.owner).orgs.list()).toEqual([]);
  });

  it("the deletion goes on where it was stopped, batch by batch", async () => {
    const org = await filledOrg("Slow");
    await query(
      `insert into usage_facts (org_id, stream_id, bucket_start, series_id)
       select org_id, stream_id, bucket_start + n * interval '1 hour', series_id from usage_facts, generate_series(1, 99) n
       where org_id = $1`,
      [org.id],
    );
    await graceIsOver(org);
    const left = async () =>
      (await query("select count(*)::int as n from usage_facts where org_id = $1", [org.id]))[0].n as number;
    const counts = [await left()];
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await purgeOrgs({ signal: stopsAfter(2), batchRows: 10 })).toBe(false);
      counts.push(await left());
    }
    expect(counts).toEqual([100, 80, 60, 40]);
    expect(await listOrgIds()).toContain(org.id);
    expect(await purgeOrgs({ signal: never, batchRows: 10 })).toBe(true);
    expect(await tracesOf(org)).toEqual({});
  });

  it("what a sync committed after its table was emptied goes as well", async () => {
    const org = await filledOrg("Late");
    await graceIsOver(org);
    const [{ id: streamId }] = await query("select id from streams where org_id = $1", [org.id]);
    const client = await database.owner.connect();
    try {
      await client.query("begin");
      await client.query("select from streams where org_id = $1 for update", [org.id]);
      const purge = purgeOrgs({ signal: never });
      await untilPurgeWaits();
      await client.query(
        "insert into usage_facts (org_id, stream_id, bucket_start, series_id) values ($1, $2, now(), 1)",
        [org.id, streamId],
      );
      await client.query("commit");
      expect(await purge).toBe(true);
    } finally {
      // Closed, so that a failure leaves no lock behind.
      client.release(true);
    }
    expect(await tracesOf(org)).toEqual({});
  });
});

describe("nothing is deleted", () => {
  it.each([
    ["without a deletion asked for", "null"],
    ["before the grace period is over", "now() + interval '1 minute'"],
  ])("%s", async (_name, deleteAfter) => {
    const org = await filledOrg("Alive");
    await query(`update orgs set delete_after = ${deleteAfter} where id = $1`, [org.id]);
    const before = await tracesOf(org);
    expect(await purgeOrgs({ signal: never })).toBe(true);
    expect(await tracesOf(org)).toEqual(before);
    const asApp = withTenantConnection(org.id, (client) => client.query("select system_delete_org($1)", [org.id]));
    await expect(asApp).rejects.toThrow(/grace period is not over/);
  });
});

/** Until the last step waits for the rows that the test has locked. */
async function untilPurgeWaits() {
  const waiting = "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and query like $1";
  const count = async () => (await query(waiting, ["%system_delete_org%"]))[0].n;
  await expect.poll(count, { timeout: 20_000 }).toBe(1);
}

/** Fires after it was looked at `times` times: a process that is told to end between two batches. */
function stopsAfter(times: number): AbortSignal {
  let looks = 0;
  return {
    get aborted() {
      looks += 1;
      return looks > times;
    },
  } as AbortSignal;
}
