import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { modelClassification } from "@/server/db/model-classification";
import { exportOrg } from "@/server/orgs/export-org";
import { exportedTables } from "@/server/orgs/export.sql";
import { useTestDatabase } from "@/server/testing/database";
import { makeOrg, type TestOrg } from "@/server/testing/factories";
import { fillTables } from "@/server/testing/fill-tables";

const database = useTestDatabase();
const never = new AbortController().signal;
let org: TestOrg;
let other: TestOrg;

beforeAll(async () => {
  [org, other] = [await makeOrg("Exported"), await makeOrg("Other")];
  for (const one of [org, other]) await fillTables(database.owner, one);
  await database.owner.query("update cost_facts set amount = 0.123456789012345678901234567891 where org_id = $1", [
    org.id,
  ]);
  await database.owner.query("update invitations set token_hash = 'secret-invitation-' || org_id");
  await database.owner.query("update api_tokens set token_hash = 'secret-token-' || org_id");
  await database.owner.query("update org_sso set client_secret_sealed = '\\xdeadbeef'");
});

type Line = { table: string; row: Record<string, unknown> };

async function exported(): Promise<{ text: string; header: unknown; lines: Line[]; end: unknown }> {
  const { stream } = await exportOrg(org.access, never);
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  const text = gunzipSync(Buffer.concat(parts)).toString("utf8");
  const [header, ...rest] = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  return { text, header, lines: rest.slice(0, -1), end: rest.at(-1) };
}

/** The wrapped data key is a secret as a whole; where the audit log ends can be told from its rows, and packs are facts once more. */
const notExported = ["org_data_keys", "audit_heads", "fact_packs", "day_digests"];

describe("the export of an org", () => {
  it("has a row of every table of tenants, and none of another org", async () => {
    const { lines, header, end, text } = await exported();
    const expected = Object.entries(modelClassification)
      .filter(([table, kind]) => kind !== "global" && !notExported.includes(table))
      .map(([table]) => table);
    expect([...new Set(lines.map(({ table }) => table))].sort()).toEqual(expected.sort());
    expect(exportedTables.map(({ table }) => table).sort()).toEqual(expected.sort());
    expect(header).toMatchObject({ format: "tollkeeper-organization", version: 1, organization: org.slug });
    expect(end).toEqual({ end: true, rows: lines.length });
    expect(text).not.toContain(other.id);
  });

  it("has no secret and no hint of one", async () => {
    const { text } = await exported();
    const [{ ciphertext, wrapped }] = (
      await database.owner.query(
        `select encode(c.key_ciphertext, 'hex') as ciphertext, encode(k.wrapped_key, 'hex') as wrapped
         from connections c join org_data_keys k using (org_id) where org_id = $1`,
        [org.id],
      )
    ).rows as [{ ciphertext: string; wrapped: string }];
    for (const secret of [
      ciphertext,
      wrapped,
      "secret-invitation",
      "secret-token",
      "deadbeef",
      "password_hash",
      "argon2",
    ])
      expect(text).not.toContain(secret);
    expect(text).not.toMatch(
      /"(key_last4|last4|token_hash|key_ciphertext|client_secret_sealed|secret_sealed|wrapped_key)":/,
    );
  });

  it("keeps every digit of money, and says who the members are", async () => {
    const { lines } = await exported();
    const rowOf = (table: string) => lines.find((line) => line.table === table)?.row;
    expect(rowOf("cost_facts")).toMatchObject({ amount: "0.123456789012345678901234567891", quantity: null });
    expect(rowOf("memberships")).toMatchObject({ role: "owner", email: org.owner.email, name: "Ada" });
  });

  it("is on record", async () => {
    await exported();
    const { rows } = await database.owner.query(
      "select action from audit_events where org_id = $1 order by seq desc limit 1",
      [org.id],
    );
    expect(rows).toEqual([{ action: "org.export" }]);
  });
});

describe("an export that nobody reads on", () => {
  it("lets its database connection go", async () => {
    const large = await makeOrg("Large");
    await fillTables(database.owner, large);
    await database.owner.query(
      `insert into directory_items (org_id, connection_id, kind, id, data)
       select org_id, connection_id, 'noise', n::text, to_jsonb(md5(n::text) || md5((n + 1)::text) || md5((n + 2)::text))
       from directory_items, generate_series(1, 20000) n where org_id = $1`,
      [large.id],
    );
    const { stream } = await exportOrg(large.access, never);
    await new Promise((resolve) => stream.once("readable", resolve));
    const open = async () =>
      (
        await database.owner.query(
          "select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
        )
      ).rows[0].n;
    await expect.poll(open, { timeout: 20_000 }).toBe(1);
    stream.destroy();
    await expect.poll(open, { timeout: 20_000 }).toBe(0);
  });
});
