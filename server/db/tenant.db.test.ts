import { beforeEach, describe, expect, it, vi } from "vitest";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { spans } from "@/server/usage/spans";

const database = useTestDatabase();
const range = { from: "2026-10-01", to: "2026-10-02" };
let org: TestOrg;

beforeEach(async () => {
  org = await makeOrg();
});

/** The only day of its quarter, whose sum may be read in its place. */
const insertCost = `
  with daily as (
    insert into cost_daily (org_id, dimension, day, key, stream_id, amount) values ($1, $2, '2026-10-01', '', 1, 7) returning *
  )
  insert into cost_spans (org_id, dimension, span, starts, key, stream_id, amount, days)
  select org_id, dimension, ${spans.quarter}, day, key, stream_id, amount, 1 from daily`;

describe("a query", () => {
  it("shows one state of the data, whatever is committed while it reads", async () => {
    const writer = await database.owner.connect();
    try {
      await writer.query("begin");
      await writer.query("lock table cost_daily in access exclusive mode");
      // It has begun to read (what is covered), and waits for the costs.
      const reading = callAs(org.owner).usage.breakdown({ org: org.slug, dimension: "project", range });
      await vi.waitFor(async () => {
        const { rows } = await database.owner.query(
          "select count(*)::int as n from pg_locks where not granted and relation = 'cost_daily'::regclass",
        );
        expect(rows[0].n).toBe(1);
      });
      for (const dimension of [0, 1]) await writer.query(insertCost, [org.id, dimension]);
      await writer.query("commit");
      expect(await reading).toMatchObject({ totals: { amount: null }, rows: [] });
    } finally {
      writer.release();
    }
    const after = await callAs(org.owner).usage.breakdown({ org: org.slug, dimension: "project", range });
    expect(after).toMatchObject({ totals: { amount: "7" }, rows: [{ key: null, amount: "7" }] });
  });
});

describe("a snapshot", () => {
  it("refuses to write", async () => {
    const id = await makeConnection(org);
    const rename = org.access.inScope(
      (scope) => scope.db.connection.updateMany({ where: { id }, data: { name: "x" } }),
      { isSnapshot: true },
    );
    await expect(rename).rejects.toThrow(/read-only/);
  });

  it("leaves nothing behind for the next transaction of its connection", async () => {
    await org.access.inScope(async () => {}, { isSnapshot: true });
    const rows = await org.access.inScope(
      (scope) => scope.db.$queryRaw<object[]>`
        select current_setting('transaction_read_only') as ro, current_setting('transaction_isolation') as level`,
    );
    expect(rows).toEqual([{ ro: "off", level: "read committed" }]);
  });
});
