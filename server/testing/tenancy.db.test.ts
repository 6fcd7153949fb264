import { describe, expect, it, beforeAll } from "vitest";
import pg from "pg";
import { modelClassification } from "@/server/db/model-classification";
import { withTenant, withTenantConnection } from "@/server/db/tenant";
import { useTestDatabase } from "@/server/testing/database";
import { makeOrg, type TestOrg } from "@/server/testing/factories";
import { fillTables } from "@/server/testing/fill-tables";

const database = useTestDatabase();
const tables = Object.entries(modelClassification);
const tenantTables = tables.filter(([, kind]) => kind === "tenant").map(([table]) => table);

let a: TestOrg;
let b: TestOrg;

beforeAll(async () => {
  a = await makeOrg("Acme");
  b = await makeOrg("Beacon");
  await fillTables(database.owner, a);
  await fillTables(database.owner, b);
});

describe("the schema", () => {
  it("has no table that is not classified, and none is classified that does not exist", async () => {
    const { rows } = await database.owner.query(
      "select tablename from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations'",
    );
    expect(rows.map((row) => row.tablename).sort()).toEqual(tables.map(([table]) => table).sort());
  });

  it.each(tenantTables)("%s has org_id not null, leading its primary key, and a policy on it", async (table) => {
    const { rows } = await database.owner.query(
      `select c.relrowsecurity as secured, a.attnotnull as required, i.indkey[0] = a.attnum as leads,
         exists (select from pg_policies p where p.tablename = $1 and p.qual like '%org_id = ( SELECT app_org_id()%'
           and p.with_check like '%org_id = ( SELECT app_org_id()%') as has_policy
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'
       join pg_index i on i.indrelid = c.oid and i.indisprimary
       where c.oid = $1::regclass`,
      [table],
    );
    expect(rows).toEqual([{ secured: true, required: true, leads: true, has_policy: true }]);
  });

  it("gives the application's role no way round: it owns nothing and has no special right", async () => {
    const { rows } = await database.owner.query(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, (select count(*)::int from pg_class where relowner = r.oid) as owned
       from pg_roles r where rolname = 'tollkeeper_app'`,
    );
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owned: 0 },
    ]);
  });

  it("lets only the system functions read across tenants", async () => {
    const { rows } = await database.owner.query(
      `select proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and prosecdef order by 1`,
    );
    expect(rows.map((row) => row.proname)).toEqual([
      "system_api_token",
      "system_data_key_samples",
      "system_delete_org",
      "system_domains_to_check",
      "system_due_connections",
      "system_due_exports",
      "system_forgotten_imports",
      "system_invitation",
      "system_lost_exports",
      "system_membership",
      "system_memberships",
      "system_org_by_id",
      "system_org_by_slug",
      "system_org_ids",
      "system_orgs_to_delete",
      "system_pending_erasures",
      "system_sso_of_domain",
      "system_stalled_runs",
    ]);
  });
});

describe("without a tenant", () => {
  it.each([...tenantTables, "orgs"])("%s shows no row", async (table) => {
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    const { rows } = await client.query(`select count(*)::int as n from ${table}`);
    await client.end();
    expect(rows[0].n).toBe(0);
  });
});

describe("as another tenant", () => {
  it.each(tenantTables)("rows of %s can neither be read, counted, changed nor deleted", async (table) => {
    const before = await database.owner.query(`select count(*)::int as n from ${table} where org_id = $1`, [b.id]);
    expect(before.rows[0].n, "the test needs a row to protect").toBeGreaterThan(0);
    await withTenantConnection(a.id, async (client) => {
      expect((await client.query(`select * from ${table} where org_id = $1`, [b.id])).rowCount).toBe(0);
      expect((await client.query(`select count(*)::int as n from ${table} where org_id <> $1`, [a.id])).rows[0].n).toBe(
        0,
      );
      if (table === "audit_events") return; // nobody may change history, see below
      expect((await client.query(`update ${table} set org_id = org_id where org_id = $1`, [b.id])).rowCount).toBe(0);
      expect((await client.query(`delete from ${table} where org_id = $1`, [b.id])).rowCount).toBe(0);
    });
    const after = await database.owner.query(`select count(*)::int as n from ${table} where org_id = $1`, [b.id]);
    expect(after.rows[0].n).toBe(before.rows[0].n);
  });

  it.each(tenantTables.filter((table) => table !== "audit_events"))(
    "a row of %s cannot be given away",
    async (table) => {
      const give = withTenantConnection(a.id, (client) => client.query(`update ${table} set org_id = $1`, [b.id]));
      await expect(give).rejects.toThrow(/row-level security/);
    },
  );

  /** A row of A with the id of B in it. */
  const planted = (table: string) =>
    `select (jsonb_populate_record(t, jsonb_build_object('org_id', $1::uuid))).* from ${table} t limit 1`;

  const keyOf = async (table: string): Promise<string> => {
    const { rows } = await database.owner.query(
      `select string_agg(quote_ident(a.attname), ', ') as key from pg_index i
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
       where i.indrelid = $1::regclass and i.indisprimary`,
      [table],
    );
    return rows[0].key;
  };

  it.each(tenantTables)("a row of %s cannot be planted, nor put in the place of another", async (table) => {
    const replace = `on conflict (${await keyOf(table)}) do update set org_id = excluded.org_id`;
    for (const end of ["", "on conflict do nothing", ...(table === "audit_events" ? [] : [replace])]) {
      const plant = withTenantConnection(a.id, async (client) => {
        expect((await client.query(planted(table), [b.id])).rowCount, "the test needs a row to copy").toBe(1);
        await client.query(`insert into ${table} ${planted(table)} ${end}`, [b.id]);
      });
      await expect(plant).rejects.toThrow(/row-level security/);
    }
  });

  it.each(tenantTables)("%s cannot be emptied, which asks no policy, nor read by a function", async (table) => {
    const empty = withTenantConnection(a.id, (client) => client.query(`truncate ${table}`));
    await expect(empty).rejects.toThrow(/permission denied/);
    const { rows } = await withTenantConnection(a.id, (client) =>
      client.query("select query_to_xml($1, true, false, '')::text as seen", [`select * from ${table}`]),
    );
    expect(rows[0].seen).toContain(a.id);
    expect(rows[0].seen).not.toContain(b.id);
  });

  it("rows are out of reach of joins, locks and common table expressions", async () => {
    const reach = [
      "select c.* from connections c join orgs o on true where c.org_id = $1",
      "select * from connections where org_id = $1 for update",
      "with x as (update connections set name = name where org_id = $1 returning *) select * from x",
      "delete from connections using orgs where connections.org_id = $1 returning *",
      "select * from memberships where exists (select from connections c where c.org_id = $1)",
    ];
    for (const statement of reach) {
      const { rowCount } = await withTenantConnection(a.id, (client) => client.query(statement, [b.id]));
      expect(rowCount, statement).toBe(0);
    }
  });

  it("orgs: only one's own is seen", async () => {
    const seen = await withTenant(a.id, (db) => db.org.findMany({ select: { id: true } }));
    expect(seen).toEqual([{ id: a.id }]);
  });
});

describe("the tenant of a transaction", () => {
  it("does not leak to the next user of the same connection", async () => {
    for (const org of [a, b, a]) {
      const seen = await withTenantConnection(org.id, (client) =>
        client.query("select distinct org_id from connections"),
      );
      expect(seen.rows).toEqual([{ org_id: org.id }]);
    }
  });

  it("rolls back everything when the work throws, audit included", async () => {
    const count = async () => (await database.owner.query("select count(*)::int as n from audit_events")).rows[0].n;
    const before = await count();
    const failing = a.access.inScope(async (scope) => {
      scope.audit({ action: "org.update", target: { type: "org", id: a.id } });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await count()).toBe(before);
  });

  it("cannot rewrite or delete audit rows, its own neither", async () => {
    for (const statement of [
      "update audit_events set action = 'x'",
      "delete from audit_events",
      "truncate audit_events",
    ]) {
      await expect(withTenantConnection(a.id, (client) => client.query(statement))).rejects.toThrow(
        /permission denied/,
      );
    }
  });
});
