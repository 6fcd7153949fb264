import { beforeEach, describe, expect, it } from "vitest";
import { exportAuditLog } from "@/server/audit/export-log";
import { listAuditEvents } from "@/server/audit/list-events";
import { verifyAuditLog } from "@/server/audit/verify-log";
import { useTestDatabase } from "@/server/testing/database";
import { makeOrg, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();
let org: TestOrg;

beforeEach(async () => {
  org = await makeOrg();
  for (let n = 1; n <= 4; n++) {
    await org.access.inScope(async (scope) => {
      scope.audit({
        action: "test.change",
        target: { type: "thing", id: String(n), name: `=thing ${n}` },
        after: { n },
      });
    });
  }
});

/** As somebody who got hold of the database itself. */
const tamper = (sql: string) => database.owner.query(sql.replaceAll("$org", `'${org.id}'`));

describe("verifying the audit log", () => {
  it("finds nothing wrong with what was not touched, and gives its head", async () => {
    const verdict = await verifyAuditLog(org.access);
    expect(verdict).toEqual({ rows: 5, isIntact: true, fault: null, head: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await verifyAuditLog(org.access, verdict.head ?? "")).toMatchObject({ isIntact: true });
  });

  it.each([
    ["a changed value", "update audit_events set after = '{\"n\": 99}' where org_id = $org and seq = 3", 3, "changed"],
    ["another actor", "update audit_events set actor_name = 'eve' where org_id = $org and seq = 2", 2, "changed"],
    [
      "a shifted time",
      "update audit_events set at = at + interval '1 ms' where org_id = $org and seq = 4",
      4,
      "changed",
    ],
    ["a removed row", "delete from audit_events where org_id = $org and seq = 3", 3, "missing"],
    ["a removed end", "delete from audit_events where org_id = $org and seq = 5", 5, "cut_off"],
    ["a replaced hash", "update audit_events set prev_hash = '\\x00' where org_id = $org and seq = 2", 2, "not_linked"],
  ] as const)("shows %s", async (_name, sql, seq, what) => {
    await tamper(sql);
    expect(await verifyAuditLog(org.access)).toMatchObject({ isIntact: false, fault: { seq, what } });
  });

  it("shows an end that was removed together with its head, to whoever noted the head", async () => {
    const { head } = await verifyAuditLog(org.access);
    await tamper("delete from audit_events where org_id = $org and seq = 5");
    await tamper(
      "update audit_heads set seq = 4, hash = (select hash from audit_events where org_id = $org and seq = 4) where org_id = $org",
    );
    expect(await verifyAuditLog(org.access)).toMatchObject({ isIntact: true });
    expect(await verifyAuditLog(org.access, head ?? "")).toMatchObject({ fault: { what: "head_unknown" } });
  });
});

describe("reading the audit log", () => {
  it("goes from the newest to the oldest, page by page, and finds words", async () => {
    const read = (filter: object) => org.access.inScope((scope) => listAuditEvents(scope, { limit: 2, ...filter }));
    const first = await read({});
    expect(first.events.map(({ target_name }) => target_name)).toEqual(["=thing 4", "=thing 3"]);
    const second = await read({ cursor: first.nextCursor });
    expect(second.events.map(({ target_name }) => target_name)).toEqual(["=thing 2", "=thing 1"]);
    const found = await read({ search: "THING 2" });
    expect(found.events.map(({ after }) => after)).toEqual([{ n: 2 }]);
    expect(await read({ from: "2020-01-01", to: "2020-01-02" })).toEqual({ events: [], nextCursor: null });
  });

  it("is exported whole, harmless to spreadsheets", async () => {
    const read = async (format: "csv" | "json") =>
      (await Array.fromAsync(exportAuditLog(org.access, { format }))).join("");
    const csv = (await read("csv")).split("\r\n");
    expect(csv).toHaveLength(1 + 5 + 1);
    expect(csv[0]).toMatch(/^seq,at,actor_type,/);
    expect(csv[2]).toContain("'=thing 1");
    expect(JSON.parse(await read("json"))).toHaveLength(5);
  });
});
