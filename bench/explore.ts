// Questions of the Explore page in a database that grows from one million hourly facts to ten: how long the database takes to answer.
import type pg from "pg";
import { startDatabase } from "@/bench/lib/database";
import { atMost, printTable, report, round } from "@/bench/lib/report";
import { percentile } from "@/bench/lib/statistics";
import { denseStage, factsOf, growth, type Stage } from "@/bench/queries/shape";
import { fillStage } from "@/bench/queries/stage";
import { noteStatements } from "@/bench/queries/statement-clock";
import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import { closeDatabase } from "@/server/db/client";
import type { ExploreFilter } from "@/server/explore/constants";
import { explore } from "@/server/explore/explore";
import { ExploreQuery } from "@/server/explore/schema";
import { addUtcDays, toUtcDay } from "@/server/lib/time";
import { runMain } from "../scripts/lib/run-main.mjs";

const LIMIT_MS = 100;
/** The first of them on a new connection. */
const REPEATS = 20;
/** What takes longer than this is asked a few times only, */
const SLOW_MS = 500;
const FEW_REPEATS = 3;
/** and what takes so long is not waited for. */
const TIMEOUT_MS = 60_000;

/** The last so many days, or as many that ended some days ago. */
type Asked = Partial<Omit<ExploreQuery, "range">> & { days: number; ago?: number };

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
  "spend by token type, 90 days": { measure: "cost", groupBy: ["token_type"], days: 90 },
  "spend by model family, 90 days, compared": { measure: "cost", groupBy: ["model_family"], ...before },
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
  "spend by model and hour, 7 days, a month ago": {
    measure: "cost",
    groupBy: ["model"],
    granularity: "hour",
    days: 7,
    ago: 30,
  },
  "requests by key and hour, 7 days, eleven weeks ago": {
    measure: "requests",
    groupBy: ["api_key"],
    granularity: "hour",
    days: 7,
    ago: 77,
  },
  "requests by model and hour, 30 days": { measure: "requests", groupBy: ["model"], granularity: "hour", days: 30 },
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
  "spend by tag that changes, in the org's zone, 90 days": {
    measure: "cost",
    groupBy: ["tag"],
    tag: "team",
    zone: "org",
    days: 90,
  },
  "requests by tag that changes and model, in the org's zone, 90 days": {
    measure: "requests",
    groupBy: ["tag", "model"],
    tag: "team",
    zone: "org",
    days: 90,
  },
  "spend by key in the org's zone, a year by month": { measure: "cost", groupBy: ["api_key"], zone: "org", ...year },
  "spend by model and hour in the org's zone, 7 days": {
    measure: "cost",
    groupBy: ["model"],
    granularity: "hour",
    zone: "org",
    days: 7,
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

const stages = [...growth, denseStage];

await runMain(async ({ defer }) => {
  const chosen = process.argv.slice(3);
  const wanted = stages.filter(({ id }) => chosen.length === 0 || chosen.includes(id));
  if (wanted.length < chosen.length) throw new Error(`Stages are ${stages.map(({ id }) => id).join(", ")}.`);
  const clock = noteStatements();
  const { owner } = await startDatabase(defer);
  const measured = [];
  for (const stage of wanted) measured.push(await measureStage(owner, stage, clock));
  await closeDatabase();
  const last = measured.at(-1)?.answers ?? [];
  return report(
    "explore",
    last.map(({ question, "p95 ms": p95 }) => atMost(`${question}, p95 ms`, p95, LIMIT_MS)),
    { stages: measured },
  );
});

async function measureStage(owner: pg.Pool, stage: Stage, clock: ReturnType<typeof noteStatements>) {
  const { access, seconds, packs } = await fillStage(owner, stage);
  const { name, largest } = stage;
  console.log(`\n${name}: written in ${seconds.written} s, ${packs} packs made in ${seconds.packed} s`);
  const answers = await measureQuestions(access, clock);
  const facts = factsOf(largest).toLocaleString("en");
  printTable(`${name}: questions to the org of ${facts} facts, ms in the database`, answers);
  return { name, seconds, packs, answers };
}

async function measureQuestions(access: OrgAccess, clock: ReturnType<typeof noteStatements>) {
  const measured = [];
  for (const [question, asked] of Object.entries(questions)) {
    await closeDatabase();
    const answers = [await ask(access, asked, clock)];
    const first = answers[0]?.ms ?? 0;
    const repeats = first === TIMEOUT_MS ? 1 : first > SLOW_MS ? FEW_REPEATS : REPEATS;
    while (answers.length < repeats) answers.push(await ask(access, asked, clock));
    const [times, wholes] = [answers.map(({ ms }) => ms), answers.map(({ wholeMs }) => wholeMs)];
    measured.push({
      question,
      "first ms": round(first),
      "p50 ms": round(percentile(times, 0.5)),
      "p95 ms": round(percentile(times, 0.95)),
      "whole p95 ms": round(percentile(wholes, 0.95)),
    });
  }
  return measured;
}

/** @returns milliseconds of all statements together, at most TIMEOUT_MS, and of the answer as a whole */
async function ask(access: OrgAccess, { days, ago = 0, ...asked }: Asked, clock: ReturnType<typeof noteStatements>) {
  const today = toUtcDay(new Date());
  const to = addUtcDays(today, 1 - ago);
  const range = { from: addUtcDays(to, -days), to };
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
