import pg from "pg";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { z } from "zod";
import { exportAuditLog } from "@/server/audit/export-log";
import { listAuditEvents } from "@/server/audit/list-events";
import { AuditExportInput, type AuditEventView, AuditFilter } from "@/server/audit/schema";
import { addUnchained, beforeTheChain, makeLog } from "@/server/testing/audit-log";
import { useTestDatabase } from "@/server/testing/database";
import { makeOrg, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();
let org: TestOrg;

beforeEach(async () => {
  org = await makeLog();
});

type Filter = z.input<typeof AuditFilter>;

const read = (filter: Filter, of = org) =>
  of.access.inScope((scope) => listAuditEvents(scope, AuditFilter.parse(filter)), { isSnapshot: true });

async function readAll(filter: Filter): Promise<AuditEventView[]> {
  const { events, nextCursor } = await read(filter);
  return nextCursor ? [...events, ...(await readAll({ ...filter, cursor: nextCursor }))] : events;
}

const exported = async (filter: z.input<typeof AuditExportInput>) =>
  (await Array.fromAsync(exportAuditLog(org.access, AuditExportInput.parse(filter)))).join("");

describe("reading the audit log", () => {
  it("goes from the newest to the oldest, page by page", async () => {
    const first = await read({ limit: 2 });
    expect(first.events.map(({ target_name }) => target_name)).toEqual(["=thing 4", "=thing 3"]);
    const second = await read({ limit: 2, cursor: first.nextCursor ?? "" });
    expect(second.events.map(({ target_name }) => target_name)).toEqual(["=thing 2", "=thing 1"]);
  });

  it("shows each row once, also where many are of one moment, and those older than the chain last", async () => {
    await org.access.inScope(async (scope) => {
      for (let n = 0; n < 20; n++) scope.audit({ action: "org.update", target: { type: "thing", id: String(n) } });
    });
    await database.owner.query("update audit_events set at = '2026-11-01' where org_id = $1 and seq between 8 and 20", [
      org.id,
    ]);
    await addUnchained(database.owner, org, 5);
    const all = await readAll({ limit: 3 });
    expect(all).toHaveLength(30);
    expect(new Set(all.map(({ id }) => id)).size).toBe(30);
    expect(all.slice(-5).map(({ seq }) => seq)).toEqual([null, null, null, null, null]);
  });

  it.each([
    ["words in any case", { search: "THING 2" }, ["2"]],
    ["one action", { action: "org.update" }, ["4", "3", "2", "1"]],
    ["groups of actions", { action: "organization, tokens" }, ["4", "3", "2", "1", "org"]],
    ["no action that is not known here", { action: "moon.land" }, []],
    ["a kind of actor", { actor: "operator" }, ["4", "3", "2", "1"]],
    ["one actor", { actor: "user:$owner" }, ["org"]],
    ["what it was done to", { target: "3" }, ["3"]],
    ["days", { from: "2020-01-01", to: "2020-01-02" }, []],
    ["instants", { from: "2020-01-01T00:00:00+09:00" }, ["4", "3", "2", "1", "org"]],
  ] as [string, Filter, string[]][])("finds %s", async (_what, filter, expected) => {
    const { events } = await read({ ...filter, actor: filter.actor?.replace("$owner", org.owner.id) });
    expect(events.map(({ target_id }) => (target_id === org.id ? "org" : target_id))).toEqual(expected);
  });

  it.each([{ action: "hats" }, { actor: "somebody" }, { cursor: "5" }, { from: "yesterday" }])(
    "%o is no filter",
    (filter) => expect(AuditFilter.safeParse(filter).success).toBe(false),
  );
});

describe("a long audit log", () => {
  const ROWS = 20_000;
  let long: TestOrg;

  beforeAll(async () => {
    long = await makeOrg();
    const insert = `insert into audit_events (org_id, id, at, actor_type, actor_id, action, target_type, target_id)
       select $1, gen_random_uuid(), timestamptz '2026-01-01' + n * interval '1 minute',
         'user', 'person ' || n % 100, 'member.' || n % 50, 'user', 'target ' || n % 200
       from generate_series(1, $2) n`;
    await beforeTheChain(database.owner, () => database.owner.query(insert, [long.id, ROWS]));
    await database.owner.query("vacuum analyze audit_events");
  });

  it.each([
    ["the newest page", {}],
    ["a page far down", { cursor: "2026-01-02T00:00:00.000Z_00000000-0000-4000-8000-000000000000" }],
    ["a range of days", { from: "2026-01-03", to: "2026-01-05" }],
    ["an action", { action: "member.7" }],
    ["an action that never happened", { action: "token.revoke" }],
    ["a person", { actor: "user:person 7" }],
    ["somebody who did nothing", { actor: "token:nobody" }],
    ["a target", { target: "target 7" }],
    ["a target that there is not", { target: "nothing" }],
  ])("is not searched through for %s", async (_what, filter) => {
    expect(await rowsTouched(long, filter)).toBeLessThan(ROWS / 20);
  });
});

describe("the exported audit log", () => {
  it("is whole, in the order it was written, harmless to spreadsheets", async () => {
    await addUnchained(database.owner, org, 1);
    const csv = (await exported({ format: "csv" })).split("\r\n");
    expect(csv).toHaveLength(1 + 6 + 1 + 1);
    expect(csv[0]).toMatch(/^seq,at,actor_type,/);
    expect(csv[1]).toContain("old 1");
    expect(csv[3]).toContain("'=thing 1");
    expect(JSON.parse(await exported({ format: "json" }))).toHaveLength(6 + 2);
  });

  it("says in the end that it was exported, and which part of it", async () => {
    await exported({ format: "csv", search: "thing 3" });
    expect(JSON.parse(await exported({ format: "json" })).slice(-2)).toMatchObject([
      { action: "audit.export", target_id: org.id, after: { format: "csv", search: "thing 3" } },
      { action: "audit.export", target_id: org.id, after: { format: "json" } },
    ]);
  });

  it("holds what the filter lets through, and is a document when that is nothing", async () => {
    expect(JSON.parse(await exported({ format: "json", search: "thing 3" }))).toMatchObject([{ target_id: "3" }]);
    expect(JSON.parse(await exported({ format: "json", search: "nowhere" }))).toEqual([]);
  });
});

type PlanNode = { "Actual Rows": number; "Rows Removed by Filter"?: number; Plans?: PlanNode[] };

/** How many rows PostgreSQL looks at, as the application's role, for a page of an org's log. */
async function rowsTouched(of: TestOrg, filter: Filter): Promise<number> {
  const sent = vi.spyOn(pg.Client.prototype, "query");
  await read(filter, of);
  const queries = sent.mock.calls.map(([query]) => query as unknown as { text?: string; values?: unknown[] });
  sent.mockRestore();
  const [query] = queries.filter(({ text }) => text?.includes("audit_events"));
  const client = new pg.Client({ connectionString: database.appUrl });
  await client.connect();
  await client.query("begin");
  await client.query("select set_config('app.org_id', $1, true)", [of.id]);
  const { rows } = await client.query(`explain (analyze, format json) ${query?.text}`, query?.values);
  await client.end();
  return looked(rows[0]["QUERY PLAN"][0].Plan);
}

/** Of the leaves of the plan: what is above them looks at the same rows again. */
const looked = (node: PlanNode): number =>
  node.Plans?.reduce((sum, child) => sum + looked(child), 0) ??
  node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0);
