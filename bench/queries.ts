// The pages of figures at one and at ten million hourly facts: what each asks the database, through the API's own
// procedures, as a member of the organization and as the role that row level security binds.
import { type Defer, startDatabase } from "@/bench/lib/database";
import { atMost, printTable, report, round } from "@/bench/lib/report";
import { timed } from "@/bench/lib/statistics";
import { makeFilledOrg } from "@/bench/queries/dataset";
import { type Measured, measurePages } from "@/bench/queries/measure";
import { factsOf, largeOrg, smallOrg } from "@/bench/queries/shape";
import { noteStatements } from "@/bench/queries/statement-clock";
import { closeDatabase } from "@/server/db/client";
import { addUtcDays, parseUtcDay, toUtcDay } from "@/server/lib/time";
import { runMain } from "../scripts/lib/run-main.mjs";

const LIMIT_MS = 50;
const SMALL_ORGS = 200;
/** Members and organizations, not days: a range holds as many days in a small database as in a large one. */
const SCALES = [0.1, 1];

await runMain(async ({ defer }) => {
  const clock = noteStatements();
  const results = [];
  for (const scale of SCALES) results.push(await measureAt(scale, { defer, clock }));
  const largest = results.at(-1);
  return report(
    "queries",
    (largest?.orgs ?? []).flatMap(({ org, pages }) =>
      pages.map((page) => atMost(`${org}: ${page.page}, ${page.days} days, p95 ms`, page["p95 ms"], LIMIT_MS)),
    ),
    { results },
  );
});

type Surroundings = { defer: Defer; clock: ReturnType<typeof noteStatements> };

async function measureAt(scale: number, { defer, clock }: Surroundings) {
  const { owner } = await startDatabase(defer);
  const end = parseUtcDay(addUtcDays(toUtcDay(new Date()), 1));
  const shape = largeOrg(scale);
  const smallOrgs = Math.ceil(SMALL_ORGS * scale);
  const filled = await timed(async () => {
    const large = await makeFilledOrg(owner, shape, end);
    const small = await makeFilledOrg(owner, smallOrg, end);
    for (let i = 1; i < smallOrgs; i++) await makeFilledOrg(owner, smallOrg, end);
    // What autovacuum leaves behind once the rows have settled.
    await owner.query("vacuum (analyze)");
    return { large, small };
  });
  const facts = factsOf(shape) + smallOrgs * factsOf(smallOrg);
  console.log(`\n${facts.toLocaleString("en")} hourly facts, written in ${round(filled.ms / 1000)} s`);
  const orgs: { org: string; pages: Measured[] }[] = [];
  for (const [org, access, own] of [
    ["large org", filled.value.large, factsOf(shape)],
    ["small org", filled.value.small, factsOf(smallOrg)],
  ] as const) {
    const pages = await measurePages(access, clock);
    printTable(`Database time of pages in ms: ${org} of ${own.toLocaleString("en")} facts`, pages);
    orgs.push({ org, pages });
  }
  await closeDatabase();
  return { facts, scale, orgs };
}
