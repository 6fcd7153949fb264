// The pages of figures in a database that grows from one million hourly facts to ten: what each asks the database, through the API's own
// procedures, as a member of the organization and as the role that row level security binds.
import { startDatabase } from "@/bench/lib/database";
import { atMost, printTable, report, round } from "@/bench/lib/report";
import { timed } from "@/bench/lib/statistics";
import { endOfToday, makeFilledOrg } from "@/bench/queries/dataset";
import { measurePages } from "@/bench/queries/measure";
import { factsOf, growth } from "@/bench/queries/shape";
import { noteStatements } from "@/bench/queries/statement-clock";
import type { OrgAccess } from "@/server/auth/scope";
import { closeDatabase } from "@/server/db/client";
import { runMain } from "../scripts/lib/run-main.mjs";

const LIMIT_MS = 50;

await runMain(async ({ defer }) => {
  const clock = noteStatements();
  const { owner } = await startDatabase(defer);
  // One page after another: one connection serves them, and its process can be watched.
  process.env.DATABASE_POOL_MAX = "1";
  const end = endOfToday();
  const orgs = new Map<string, Filled>();
  const measured = [];
  for (const { name, largest, others } of growth) {
    const { ms } = await timed(async () => {
      for (const shape of [largest, ...others]) {
        const access = await makeFilledOrg(owner, shape, end);
        if (!orgs.has(shape.name)) orgs.set(shape.name, { access, facts: factsOf(shape) });
      }
      // What autovacuum leaves behind once the rows have settled.
      await owner.query("vacuum (analyze)");
    });
    console.log(`\n${name}, the new ones written in ${round(ms / 1000)} s`);
    measured.push({ name, orgs: await measureOrgs(orgs, { stage: name, clock }) });
  }
  await closeDatabase();
  const last = measured.at(-1)?.orgs ?? [];
  return report(
    "queries",
    last.flatMap(({ org, pages }) =>
      pages.map((page) => atMost(`${org}: ${page.page}, ${page.days} days, p95 ms`, page["p95 ms"], LIMIT_MS)),
    ),
    { stages: measured },
  );
});

type Filled = { access: OrgAccess; facts: number };
type Surroundings = { stage: string; clock: ReturnType<typeof noteStatements> };

async function measureOrgs(orgs: Map<string, Filled>, { stage, clock }: Surroundings) {
  const measured = [];
  for (const [org, { access, facts }] of orgs) {
    const pages = await measurePages(access, clock);
    printTable(`${stage}: pages of the ${org} org (${facts.toLocaleString("en")} facts), ms in the database`, pages);
    measured.push({ org, pages });
  }
  return measured;
}
