import { beforeEach, describe, expect, it } from "vitest";
import { verifyAuditLog } from "@/server/audit/verify-log";
import { withTenantConnection } from "@/server/db/tenant";
import { addUnchained, makeLog } from "@/server/testing/audit-log";
import { useTestDatabase } from "@/server/testing/database";
import type { TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();
let org: TestOrg;

beforeEach(async () => {
  org = await makeLog();
});

/** As somebody who got hold of the database itself. */
const tamper = (sql: string) => database.owner.query(sql.replaceAll("$org", `'${org.id}'`));

describe("verifying the audit log", () => {
  it("finds nothing wrong with what was not touched, and gives its head", async () => {
    const verdict = await verifyAuditLog(org.access);
    const { rows } = await database.owner.query(
      "select min(at) as first, max(at) as last from audit_events where org_id = $1",
      [org.id],
    );
    expect(verdict).toEqual({
      rows: 5,
      isIntact: true,
      fault: null,
      from: rows[0].first.toISOString(),
      to: rows[0].last.toISOString(),
      uncovered: 0,
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
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

  it.each([
    ["a removed head", "delete from audit_heads where org_id = $org"],
    ["a head that was set back", "update audit_heads set seq = 2 where org_id = $org"],
  ])("shows %s", async (_name, sql) => {
    await tamper(sql);
    expect(await verifyAuditLog(org.access)).toMatchObject({ isIntact: false, fault: { what: "cut_off" } });
  });

  it("shows that everything was removed, head and all", async () => {
    await tamper("delete from audit_events where org_id = $org");
    await tamper("delete from audit_heads where org_id = $org");
    expect(await verifyAuditLog(org.access)).toMatchObject({ isIntact: false, fault: { seq: 1, what: "missing" } });
  });

  it("need not look for rows beside the chain: nobody can add one", async () => {
    const insert = `insert into audit_events (org_id, id, at, actor_type, action, target_type, target_id)
      values ($1, gen_random_uuid(), '2020-01-01', 'user', 'org.update', 'org', 'forged')`;
    const asApp = withTenantConnection(org.id, (client) => client.query(insert, [org.id]));
    await expect(asApp).rejects.toThrow(/audit_events_chained/);
    await expect(database.owner.query(insert, [org.id])).rejects.toThrow(/audit_events_chained/);
  });

  it("raises no alarm over what is written meanwhile", async () => {
    const change = () =>
      org.access.inScope(async (scope) => scope.audit({ action: "org.update", target: { type: "org", id: org.id } }));
    const reading: typeof org.access = {
      ...org.access,
      // Between any two looks at the log, somebody writes.
      inScope: async (work, options) => {
        const answer = await org.access.inScope(work, options);
        await change();
        return answer;
      },
    };
    expect(await verifyAuditLog(reading)).toMatchObject({ isIntact: true });
  });

  it("says how many rows are older than the chain", async () => {
    await addUnchained(database.owner, org, 2);
    expect(await verifyAuditLog(org.access)).toMatchObject({ isIntact: true, rows: 5, uncovered: 2 });
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
