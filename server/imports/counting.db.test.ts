import fc from "fast-check";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { deleteConnection } from "@/server/connections/delete-connection";
import { eraseConnection } from "@/server/connections/erase-connection";
import { withTenantConnection } from "@/server/db/tenant";
import { commitImport } from "@/server/imports/commit-import";
import { giveWayToSync, recountImports } from "@/server/imports/recount";
import { exportOf, stageText } from "@/server/imports/testing/support";
import { undoImport } from "@/server/imports/undo-import";
import { addUtcDays, parseUtcDay, type UtcDay } from "@/server/lib/time";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { reportCosts } from "@/server/usage/facts-report";
import { normaliseCosts } from "@/server/usage/normalise";
import { getBreakdown } from "@/server/usage/breakdown";
import { replaceWindow } from "@/server/usage/replace-window";

vi.setConfig({ testTimeout: 120_000 });
const database = useTestDatabase();

const FIRST: UtcDay = "2026-10-01";
const DAYS = 6;
const day = (number: number) => addUtcDays(FIRST, number);
const range = { from: FIRST, to: day(DAYS) };

type Synced = { org: TestOrg; connectionId: string; streamId: number };

async function connect(org: TestOrg): Promise<Synced> {
  const connectionId = await makeConnection(org);
  const { rows } = await database.owner.query(
    "insert into streams (org_id, connection_id, name, grouping) values ($1, $2, 'costs.project', '{}') returning id",
    [org.id, connectionId],
  );
  return { org, connectionId, streamId: rows[0].id };
}

/** What a sync does with a window: stores it and lets imported days give way, in one transaction. */
async function syncDays({ org, connectionId, streamId }: Synced, amounts: readonly [UtcDay, string][]) {
  const [from, to] = [amounts[0]?.[0] ?? FIRST, addUtcDays(amounts.at(-1)?.[0] ?? FIRST, 1)];
  let facts: ReturnType<typeof normaliseCosts> | undefined;
  for (const [at, amount] of amounts) {
    const dimensions = {
      project_id: "proj_s",
      user_id: null,
      api_key_id: null,
      line_item: "m, input",
      api_source: null,
    };
    const results = [{ dimensions, amount, currency: "usd", quantity: null, quantityUnit: null }];
    const startTime = parseUtcDay(at).getTime() / 1000;
    facts = normaliseCosts({ startTime, endTime: startTime + 86_400, results, skipped: [] }, facts);
  }
  if (!facts) return;
  const stream = { id: streamId, connectionId, name: "costs.project" };
  const window = {
    stream,
    width: "1d",
    start: parseUtcDay(from),
    end: parseUtcDay(to),
    fetchedAt: new Date(),
  } as const;
  await withTenantConnection(org.id, async (client) => {
    await replaceWindow(client, org.id, window, facts);
    await giveWayToSync(client, org.id, window);
  });
}

async function importDays(org: TestOrg, amounts: readonly [UtcDay, string][]): Promise<string> {
  const importId = await stageText(org, exportOf(amounts));
  await commitImport(org.access, { importId });
  return importId;
}

/** By day as the facts tell it, which the roll-ups must tell as well. */
async function countedByDay(org: TestOrg): Promise<Record<UtcDay, string>> {
  const { rows } = await org.access.inScope((scope) => reportCosts(scope, { range, groupBy: ["day"] }));
  const facts = Object.fromEntries(rows.map(({ day: at, amount }) => [at, amount]));
  const { totals } = await org.access.inScope((scope) => getBreakdown(scope, { dimension: "project", range }));
  const sum = rows.reduce((total, { amount }) => total + Number(amount), 0);
  expect(Number(totals.amount ?? 0)).toBeCloseTo(sum, 9);
  return facts as Record<UtcDay, string>;
}

const someRun = fc
  .tuple(fc.nat({ max: DAYS - 1 }), fc.nat({ max: DAYS - 1 }))
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) + 1 }));
const step = fc.oneof(
  fc.record({ do: fc.constant("import" as const), days: someRun }),
  fc.record({ do: fc.constant("sync" as const), days: someRun }),
  fc.record({ do: fc.constant("undo" as const), which: fc.nat({ max: 5 }) }),
);

describe("whatever is imported, synced and undone, in whatever order", () => {
  it("each day counts once: synced, else from the newest import; erased history gives its days back", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
        const org = await makeOrg();
        const source = await connect(org);
        const synced = new Map<UtcDay, string>();
        const imports: { id: string; days: Map<UtcDay, string> }[] = [];
        let serial = 0;
        const amountsOf = ({ from, to }: { from: number; to: number }) =>
          Array.from({ length: to - from }, (_, i): [UtcDay, string] => [day(from + i), `${++serial}.5`]);
        const expected = () => {
          const counted: Record<UtcDay, string> = {};
          for (let number = 0; number < DAYS; number++) {
            const newest = imports.findLast(({ days }) => days.has(day(number)));
            const amount = synced.get(day(number)) ?? newest?.days.get(day(number));
            if (amount) counted[day(number)] = amount;
          }
          return counted;
        };
        for (const next of steps) {
          if (next.do === "undo") {
            const [gone] = imports.splice(next.which % Math.max(1, imports.length), 1);
            if (gone) await undoImport(org.access, gone.id);
          } else {
            const amounts = amountsOf(next.days);
            if (next.do === "sync") {
              await syncDays(source, amounts);
              for (const [at, amount] of amounts) synced.set(at, amount);
            } else imports.push({ id: await importDays(org, amounts), days: new Map(amounts) });
          }
          expect(await countedByDay(org)).toEqual(expected());
        }
        await org.access.inScope((scope) =>
          deleteConnection(scope, { connectionId: source.connectionId, history: "erase" }),
        );
        await recountImports(org.access);
        synced.clear();
        expect(await countedByDay(org)).toEqual(expected());
        await eraseConnection(org.access, source.connectionId, { budgetMs: 60_000 });
        expect(await countedByDay(org)).toEqual(expected());
      }),
      { numRuns: 12 },
    );
  });
});

describe("an import beside a sync of the same days", () => {
  it("never counts twice, whichever commits first", async () => {
    const org = await makeOrg();
    const source = await connect(org);
    for (let round = 0; round < 6; round++) {
      const at = day(round % DAYS);
      const importId = await stageText(org, exportOf([[at, `${round + 100}`]]));
      await Promise.all([commitImport(org.access, { importId }), syncDays(source, [[at, `${round + 1}`]])]);
      expect((await countedByDay(org))[at]).toBe(`${round + 1}`);
    }
  });
});

describe("days that a sync has begun", () => {
  it("are the sync's: half of a day beside an import would count twice", async () => {
    const org = await makeOrg();
    const source = await connect(org);
    await syncDays(source, [[day(0), "1"]]);
    await database.owner.query("update streams set coverage = '{}' where id = $1", [source.streamId]);
    await importDays(org, [
      [day(0), "10"],
      [day(1), "20"],
    ]);
    expect(await countedByDay(org)).toEqual({ [day(0)]: "1", [day(1)]: "20" });
  });
});

describe("files of an organization that nothing told", () => {
  it("belong to the first that appears, so that its money does not count twice", async () => {
    const org = await makeOrg();
    await importDays(org, [
      [day(0), "10"],
      [day(1), "20"],
    ]);
    const source = await connect(org);
    await syncDays(source, [[day(0), "1"]]);
    expect(await countedByDay(org)).toEqual({ [day(0)]: "1", [day(1)]: "20" });
  });
});

describe("a commit that is cut off", () => {
  it("leaves everything as it was, and can be done again", async () => {
    const org = await makeOrg();
    await importDays(org, [[day(0), "1"]]);
    const importId = await stageText(org, exportOf([[day(0), "2"]]));
    const before = await contents(org);
    const client = await database.owner.connect();
    await client.query("begin");
    // The commit's last step waits for this row.
    await client.query("select from audit_heads where org_id = $1 for update", [org.id]);
    const cut = commitImport(org.access, { importId }).then(
      () => "committed",
      () => "cut off",
    );
    await vi.waitFor(async () => expect(await endWaiting()).toBe(1), { timeout: 20_000, interval: 50 });
    expect(await cut).toBe("cut off");
    await client.query("rollback");
    client.release();
    expect(await contents(org)).toEqual(before);
    await commitImport(org.access, { importId });
    expect(await countedByDay(org)).toEqual({ [day(0)]: "2" });
  });

  /** Ends the sessions that wait for a row of the audit log's heads, as a crash would. */
  async function endWaiting(): Promise<number> {
    await sleep(50);
    const { rowCount } = await database.owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like '%audit_heads%' and pid <> pg_backend_pid()`,
    );
    return rowCount ?? 0;
  }

  async function contents(org: TestOrg) {
    const tables = ["imports", "cost_facts", "held_cost_facts", "cost_daily", "cost_spans", "audit_events"];
    const rows = await Promise.all(
      tables.map((table) =>
        database.owner.query(`select * from ${table} t where org_id = $1 order by t::text`, [org.id]),
      ),
    );
    return rows.map((result) => result.rows);
  }
});
