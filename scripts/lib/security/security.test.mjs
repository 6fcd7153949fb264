import { describe, expect, it } from "vitest";
import { bundleProblems } from "./bundle.mjs";
import { readAudit } from "./dependencies.mjs";
import { licenceProblems } from "./licences.mjs";
import { lineProblems, tablesWithoutPolicy } from "./static-rules.mjs";

describe("rules about our code", () => {
  it.each([
    ["server/orgs/list.ts", "await db.$queryRaw`select 1`", "raw SQL"],
    ["server/orgs/list.ts", "client.query('select 1')", "raw SQL"],
    ["server/orgs/list.ts", "client.query<Row>(`select 1`)", "raw SQL"],
    ["server/orgs/list.ts", "db.$queryRawUnsafe(text)", "raw SQL"],
    ["server/orgs/list.ts", "Prisma.raw(column)", "raw SQL"],
    ["server/orgs/list.ts", "const url = process.env.URL;", "environment"],
    ["proxy.ts", "const url = process.env.URL;", "environment"],
    ["components/mail.tsx", "<div dangerouslySetInnerHTML={{ __html: text }} />", "HTML"],
    ["components/mail.tsx", "return new Function(text)", "code from text"],
  ])("%s may not say: %s", (file, line, rule) => {
    expect(lineProblems(file, `const a = 1;\n${line}`)).toEqual([expect.stringMatching(`^${file}:2 .*${rule}`)]);
  });

  it.each([
    ["server/orgs/list.sql.ts", "db.$queryRaw`select 1`"],
    ["server/orgs/router.ts", "list: orgProcedure('orgs:read').query(({ ctx }) => list(ctx.scope)),"],
    ["server/env.ts", "parseEnv(process.env)"],
    ["server/auth/throttle-redis.ts", "redis.eval(script)"],
    ["server/orgs/list.ts", "// process.env is read elsewhere"],
  ])("%s may say: %s", (file, line) => {
    expect(lineProblems(file, line)).toEqual([]);
  });

  const table = (name, column = '"org_id" UUID NOT NULL,') =>
    `CREATE TABLE "${name}" (\n  ${column}\n  "id" UUID NOT NULL\n);\n`;

  it("a tenant's table needs a policy, by name or in a list", () => {
    const loop = `DO $$ BEGIN FOREACH t IN ARRAY ARRAY['listed'] LOOP
      EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
      EXECUTE format('CREATE POLICY tenant ON %I USING (true)', t); END LOOP; END $$;`;
    const sql = [table("named"), table("listed"), table("forgotten"), table("people", '"name" TEXT,')].join("");
    expect(tablesWithoutPolicy(`${sql}CREATE POLICY tenant ON named USING (true);${loop}`)).toEqual(["forgotten"]);
  });

  it("a column that comes later makes a tenant's table, too, and a dropped table needs nothing", () => {
    expect(tablesWithoutPolicy('ALTER TABLE "late" ADD COLUMN "org_id" UUID;')).toEqual(["late"]);
    expect(tablesWithoutPolicy(`${table("gone")}DROP TABLE "gone";`)).toEqual([]);
  });
});

describe("licences", () => {
  it.each(["MIT", "Apache-2.0*", "(MIT OR GPL-3.0)", "MIT AND ISC", ["MIT", "ISC"]])("%s is fine", (licenses) => {
    expect(licenceProblems({ "a@1.0.0": { licenses } })).toEqual([]);
  });

  it.each([
    "GPL-3.0",
    "AGPL-3.0-only",
    "MIT AND GPL-3.0",
    "(MIT OR ISC) AND GPL-3.0",
    "UNKNOWN",
    "SSPL-1.0",
    undefined,
  ])("%s is not", (licenses) => {
    expect(licenceProblems({ "@scope/a@1.0.0": { licenses } })).toEqual([expect.stringContaining("@scope/a@1.0.0")]);
  });

  it("an exception is for its package and its licence alone", () => {
    expect(licenceProblems({ "lightningcss-linux-x64-gnu@1.0.0": { licenses: "MPL-2.0" } })).toEqual([]);
    expect(licenceProblems({ "other@1.0.0": { licenses: "MPL-2.0" } })).toHaveLength(1);
    expect(licenceProblems({ "lightningcss@2.0.0": { licenses: "GPL-3.0" } })).toHaveLength(1);
  });
});

describe("known holes", () => {
  it("grave ones are problems, the others are counted", () => {
    const vulnerabilities = {
      a: { name: "a", severity: "critical", range: "<2" },
      b: { name: "b", severity: "low", range: "<3" },
    };
    const metadata = { vulnerabilities: { total: 2, low: 1, moderate: 0 } };
    expect(readAudit(JSON.stringify({ vulnerabilities, metadata }))).toEqual({
      problems: ["a <2: critical"],
      note: "2 known, 0 of them moderate, 1 low",
    });
  });

  it.each(['{"message":"405 Method Not Allowed"}', '{"error":{"summary":"offline"}}', "", "not JSON"])(
    "says that nothing was checked when the registry says nothing: %s",
    (output) => {
      expect(readAudit(output)).toEqual({ problems: [], notChecked: expect.stringContaining("no answer") });
    },
  );
});

it("code of the server in what browsers are sent is found by its texts", () => {
  expect(bundleProblems("a.js", "const u=process.env.APP_DATABASE_URL;x(\"set_config('app.org_id')\")")).toHaveLength(
    2,
  );
  expect(bundleProblems("a.js", "const overview = 1;")).toEqual([]);
});
