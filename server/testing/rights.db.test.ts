import { beforeAll, describe, expect, it } from "vitest";
import { withTenantConnection } from "@/server/db/tenant";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";

// What the application may not do even to its own tenant.

const database = useTestDatabase();
let org: TestOrg;

beforeAll(async () => {
  org = await makeOrg();
  await makeConnection(org);
});

describe("the application's role", () => {
  it("cannot delete an organization, which would take its audit history along", async () => {
    const attempt = withTenantConnection(org.id, (client) => client.query("delete from orgs where id = $1", [org.id]));
    await expect(attempt).rejects.toThrow(/permission denied/);
    const { rows } = await database.owner.query(
      "select (select count(*) from orgs where id = $1)::int as orgs, (select count(*) from audit_events where org_id = $1)::int as audits",
      [org.id],
    );
    expect(rows[0].orgs).toBe(1);
    expect(rows[0].audits).toBeGreaterThan(0);
  });

  it("can delete from nothing that the audit history hangs on", async () => {
    const { rows } = await database.owner.query<{ referenced: string; may_delete: boolean }>(
      `with recursive above as (
         select 'audit_events'::regclass::oid as id
         union select c.confrelid from above a join pg_constraint c on c.conrelid = a.id and c.contype = 'f' and c.confdeltype = 'c'
       )
       select id::regclass::text as referenced, has_table_privilege('tollkeeper_app', id, 'delete') as may_delete from above`,
    );
    expect(rows.map(({ referenced }) => referenced).toSorted()).toEqual(["audit_events", "orgs"]);
    expect(rows.filter(({ may_delete }) => may_delete)).toEqual([]);
  });
});
