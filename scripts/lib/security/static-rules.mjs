import fs from "node:fs";
import { fromRoot } from "../paths.mjs";
import { trackedFiles } from "./tracked-files.mjs";

/**
 * @typedef {object} Rule about single lines of the product's code
 * @property {string} says
 * @property {RegExp} forbids
 * @property {RegExp} except paths where it is in its place
 */

/** @type {Rule[]} */
const lineRules = [
  {
    says: "raw SQL belongs into a *.sql.ts file",
    forbids: /\$(?:query|execute)Raw(?:Unsafe)?\b|\bPrisma\.(?:raw|sql)\b|\.query(?:<[^>]*>)?\(\s*["'`]/,
    // Setting up connections, binding the tenant and beginning transactions; asking whether the database is there.
    except: /\.sql\.ts$|^server\/db\/(?:client|tenant)\.ts$|^workers\/main\.ts$/,
  },
  {
    says: "only server/env.ts reads the environment",
    forbids: /\bprocess\.env\b/,
    // Programs that prepare it for others.
    except: /^server\/env\.ts$|^cli\/(?:bin\.mjs|installation\.ts)$/,
  },
  { says: "no HTML from text", forbids: /dangerouslySetInnerHTML|\.innerHTML\s*=/, except: /^$/ },
  { says: "no code from text", forbids: /(?<![.\w])eval\(|\bnew Function\(/, except: /^$/ },
];

const product = /^(?:(?:app|cli|components|i18n|server|workers)\/.*|proxy)\.(?:ts|tsx|mjs)$/;
const notProduct = /\.test\.|\/testing\/|^cli\/testing|^server\/db\/generated\//;

/** Rules that a reviewer would otherwise have to remember. */
export async function checkStaticRules() {
  const files = (await trackedFiles()).filter((file) => product.test(file) && !notProduct.test(file));
  const migrations = fs.globSync("*/migration.sql", { cwd: fromRoot("prisma/migrations") }).sort();
  const sql = migrations.map((file) => fs.readFileSync(fromRoot("prisma/migrations", file), "utf8")).join("\n");
  const problems = [
    ...files.flatMap((file) => lineProblems(file, fs.readFileSync(fromRoot(file), "utf8"))),
    ...tablesWithoutPolicy(sql).map((table) => `${table}: has org_id and no policy named tenant`),
  ];
  return { problems, note: `${files.length} files, ${migrations.length} migrations` };
}

/** @returns {string[]} a line for each place that breaks a rule; comments may name what is forbidden */
export function lineProblems(file, text) {
  const broken = lineRules.filter(({ except }) => !except.test(file));
  return text.split("\n").flatMap((line, index) => {
    if (/^\s*(?:\/\/|\*|\/\*)/.test(line)) return [];
    return broken.filter(({ forbids }) => forbids.test(line)).map(({ says }) => `${file}:${index + 1} ${says}`);
  });
}

/** @param {string} sql all migrations, in order @returns {string[]} tables of tenants that no policy protects */
export function tablesWithoutPolicy(sql) {
  const tenantTables = new Set();
  for (const [, table, columns] of sql.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?"?(\w+)"? \(([\s\S]*?)\n\)/gi))
    if (/^\s*"?org_id"?\s/m.test(columns)) tenantTables.add(table);
  for (const [, table] of sql.matchAll(/ALTER TABLE "?(\w+)"?\s+ADD COLUMN\s+"?org_id"?\s/gi)) tenantTables.add(table);
  for (const [, table] of sql.matchAll(/DROP TABLE (?:IF EXISTS )?"?(\w+)"?/gi)) tenantTables.delete(table);
  const secured = new Set(policiesIn(sql));
  return [...tenantTables].filter((table) => !secured.has(table));
}

/** Tables that get the policy by name, and those of loops over a list of names. */
function policiesIn(sql) {
  const named = [...sql.matchAll(/CREATE POLICY tenant ON "?(\w+)"?/gi)].map(([, table]) => table);
  const loops = [...sql.matchAll(/DO \$\$([\s\S]*?)\$\$/g)].flatMap(([, block]) =>
    /CREATE POLICY tenant ON %I/.test(block) && /ENABLE ROW LEVEL SECURITY/.test(block)
      ? [...(/ARRAY\[([\s\S]*?)\]/.exec(block)?.[1] ?? "").matchAll(/'(\w+)'/g)].map(([, table]) => table)
      : [],
  );
  return [...named, ...loops];
}
