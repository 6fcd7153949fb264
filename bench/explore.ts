// Questions of the Explore page in a database that grows from one million hourly facts to ten: how long the database takes to answer.
import { startDatabase } from "@/bench/lib/database";
import { atMost, printTable, report, round } from "@/bench/lib/report";
import { percentile, timed } from "@/bench/lib/statistics";
import { makeFilledOrg } from "@/bench/queries/dataset";
import { denseStage, factsOf, growth } from "@/bench/queries/shape";
import { noteStatements } from "@/bench/queries/statement-clock";
import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import { closeDatabase } from "@/server/db/client";
import type { ExploreFilter } from "@/server/explore/constants";
import { explore } from "@/server/explore/explore";
import { buildPacks } from "@/server/explore/packs/build";
import { ExploreQuery } from "@/server/explore/schema";
import { addUtcDays, parseUtcDay, toUtcDay } from "@/server/lib/time";
import { runMain } from "../scripts/lib/run-main.mjs";

const LIMIT_MS = 100;
const REPEATS = 20;
/** What takes longer than this is asked a few times only, */
const SLOW_MS = 500;
const FEW_REPEATS = 3;
/** and what takes so long is not waited for. */
const TIMEOUT_MS = 60_000;

type Asked = Partial<Omit<ExploreQuery, "range">> & { days: number };

const year = { granularity: "month", days: 365 } as const;
const oneModel: ExploreFilter = { dimension: "model", op: "in", values: ["gpt-bench-3-2026-01-01"] };
const searched: ExploreFilter = { dimension: "project", op: "search", text: "0007" };
const before = { compare: "previous_period", days: 90 } as const;

const questions: Record<string, Asked> = {
  "spend by project, 90 days": { measure: "cost", groupBy: ["project"], days: 90 },
  "spend by person, 90 days": { measure: "cost", groupBy: ["user"], days: 90 },
  "spend by key, 90 days": { measure: "cost", groupBy: ["api_key"], days: 90 },
  "spend by key, 90 days, compared": { measure: "cost", groupBy: ["api_key"], ...before },
  "spend by key, a year by month": { measure: "cost", groupBy: ["api_key"], ...year },
  "spend by key, a year by day": { measure: "cost", groupBy: ["api_key"], days: 365 },
  "spend by model, 90 days": { measure: "cost", groupBy: ["model"], days: 90 },
  "spend by line item, 90 days, compared": { measure: "cost", groupBy: ["line_item"], ...before },
  "requests by key, 90 days": { measure: "requests", groupBy: ["api_key"], days: 90 },
  "tokens by person, 90 days": { measure: "input_tokens", groupBy: ["user"], days: 90 },
  "requests by project and model, 90 days": { measure: "requests", groupBy: ["project", "model"], days: 90 },
  "requests by person and model, 90 days": { measure: "requests", groupBy: ["user", "model"], days: 90 },
  "requests by key and model, 90 days": { measure: "requests", groupBy: ["api_key", "model"], days: 90 },
  "requests by key and model, a year by month": { measure: "requests", groupBy: ["api_key", "model"], ...year },
  "spend by project and model, 90 days": { measure: "cost", groupBy: ["project", "model"], days: 90 },
  "spend by project and model, a year by month": { measure: "cost", groupBy: ["project", "model"], ...year },
  "spend by person and model, 90 days": { measure: "cost", groupBy: ["user", "model"], days: 90 },
  "tokens by project and person, 90 days": { measure: "input_tokens", groupBy: ["project", "user"], days: 90 },
  "requests by service tier, 90 days": { measure: "requests", groupBy: ["service_tier"], days: 90 },
  "requests by model and hour, 7 days": { measure: "requests", groupBy: ["model"], granularity: "hour", days: 7 },
  "spend by model and hour, 7 days": { measure: "cost", groupBy: ["model"], granularity: "hour", days: 7 },
  "spend by key and model, 90 days": { measure: "cost", groupBy: ["api_key", "model"], days: 90 },
  "uncached tokens by project, 90 days": { measure: "input_uncached_tokens", groupBy: ["project"], days: 90 },
  "spend by project of one model, 90 days": { measure: "cost", groupBy: ["project"], filters: [oneModel], days: 90 },
  "spend by model without one, 90 days": {
    measure: "cost",
    groupBy: ["model"],
    filters: [{ ...oneModel, op: "not_in" }],
    days: 90,
  },
  "requests by key, searched, 90 days": { measure: "requests", groupBy: ["api_key"], filters: [searched], days: 90 },
  "spend by project in the org's zone, 30 days": { measure: "cost", groupBy: ["project"], zone: "org", days: 30 },
  "spend by key and model in the org's zone, 90 days": {
    measure: "cost",
    groupBy: ["api_key", "model"],
    zone: "org",
    days: 90,
  },
  "requests by project in the org's zone, 90 days": {
    measure: "requests",
    groupBy: ["project"],
    zone: "org",
    days: 90,
  },
  "spend by project in the org's zone, a year by month": {
    measure: "cost",
    groupBy: ["project"],
    zone: "org",
    ...year,
  },
};

await runMain(async ({ defer }) => {
  const clock = noteStatements();
  const { owner } = await startDatabase(defer);
  process.env.DATABASE_POOL_MAX = "1";
  const end = parseUtcDay(addUtcDays(toUtcDay(new Date()), 1));
  const stages = [];
  for (const { name, shapes } of [...growth, denseStage]) {
    const { value: largest, ms } = await timed(async () => {
      const [first, ...others] = shapes;
      if (!first) throw new Error("a stage has an organization");
      const access = await makeFilledOrg(owner, first, end);
      await owner.query("update orgs set timezone = 'Asia/Seoul' where id = $1", [access.org.id]);
      for (const shape of others) await makeFilledOrg(owner, shape, end);
      await owner.query("vacuum (analyze)");
      return { access: inZone(access), facts: factsOf(first) };
    });
    const packing = await timed(() => buildPacks(largest.access));
    await owner.query("vacuum (analyze) fact_packs");
    console.log(
      `\n${name}, written in ${round(ms / 1000)} s, ${packing.value} packs made in ${round(packing.ms / 1000)} s`,
    );
    const answers = await measureQuestions(largest.access, clock);
    printTable(
      `${name}: questions to the org of ${largest.facts.toLocaleString("en")} facts, ms in the database`,
      answers,
    );
    stages.push({ name, answers });
  }
  await closeDatabase();
  const last = stages.at(-1)?.answers ?? [];
  return report(
    "explore",
    last.map(({ question, "p95 ms": p95 }) => atMost(`${question}, p95 ms`, p95, LIMIT_MS)),
    { stages },
  );
});

/** The org was read before it had its zone. */
function inZone(access: OrgAccess): OrgAccess {
  return {
    ...access,
    inScope: (work, options) =>
      access.inScope((scope) => work({ ...scope, org: { ...scope.org, timezone: "Asia/Seoul" } }), options),
  };
}

async function measureQuestions(access: OrgAccess, clock: ReturnType<typeof noteStatements>) {
  const measured = [];
  for (const [question, asked] of Object.entries(questions)) {
    const first = await ask(access, asked, clock);
    const repeats = first.ms === TIMEOUT_MS ? 0 : first.ms > SLOW_MS ? FEW_REPEATS : REPEATS;
    const answers = repeats === 0 ? [first] : [];
    for (let i = 0; i < repeats; i++) answers.push(await ask(access, asked, clock));
    const [times, wholes] = [answers.map(({ ms }) => ms), answers.map(({ wholeMs }) => wholeMs)];
    measured.push({
      question,
      "p50 ms": round(percentile(times, 0.5)),
      "p95 ms": round(percentile(times, 0.95)),
      "whole p95 ms": round(percentile(wholes, 0.95)),
    });
  }
  return measured;
}

/** @returns milliseconds of all statements together, at most TIMEOUT_MS, and of the answer as a whole */
async function ask(access: OrgAccess, { days, ...asked }: Asked, clock: ReturnType<typeof noteStatements>) {
  const today = toUtcDay(new Date());
  const range = { from: addUtcDays(today, 1 - days), to: addUtcDays(today, 1) };
  const query = ExploreQuery.parse({ granularity: "day", range, ...asked });
  clock.take();
  const startedAt = performance.now();
  const work = async (scope: OrgScope) => {
    await scope.db.$executeRaw`select set_config('statement_timeout', ${String(TIMEOUT_MS)}, true)`;
    await explore(scope, query);
  };
  try {
    await access.inScope(work, { isSnapshot: true, timeoutMs: 2 * TIMEOUT_MS });
  } catch (error) {
    if (String(error).includes("statement timeout")) return { ms: TIMEOUT_MS, wholeMs: TIMEOUT_MS };
    throw error;
  }
  const wholeMs = performance.now() - startedAt;
  return { ms: clock.take().reduce((sum, { ms }) => sum + ms, 0), wholeMs };
}
