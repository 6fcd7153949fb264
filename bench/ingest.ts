// A day of 78,000 hourly facts through the product's own replaceWindow, against binary COPY of the same rows into a heap.
import { HOURS, SERIES, dayOfFacts, withChanges } from "@/bench/ingest/facts";
import { copyToHeap, makeHeap } from "@/bench/ingest/heap";
import { forgetDay, measuredReplace, prepareTarget } from "@/bench/ingest/replace";
import { startDatabase } from "@/bench/lib/database";
import { atLeast, atMost, printTable, report, round } from "@/bench/lib/report";
import { median } from "@/bench/lib/statistics";
import { runMain } from "../scripts/lib/run-main.mjs";

const ROUNDS = 7;
const ROWS = SERIES * HOURS;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.parse("2026-09-01T00:00:00Z");

type Kind = "fresh" | "again" | "compared" | "changed";

await runMain(async ({ defer }) => {
  const database = await startDatabase(defer);
  const target = await prepareTarget(database);
  const heap = await makeHeap(database, defer);
  // The series of the organization are known but for the first day; the heap's connection is warm.
  await copyToHeap(heap, dayOfFacts(FIRST_DAY));
  await measuredReplace(target, dayOfFacts(FIRST_DAY), FIRST_DAY);

  const runs: Record<"heap" | Kind, number[]> = { heap: [], fresh: [], again: [], compared: [], changed: [] };
  let rowsTouchedAgain = 0;
  const walBytes: Record<Kind, number[]> = { fresh: [], again: [], compared: [], changed: [] };
  for (let round = 1; round <= ROUNDS; round++) {
    const dayStart = FIRST_DAY + round * DAY_MS;
    const facts = dayOfFacts(dayStart);
    for (const [kind, given] of [
      ["fresh", facts],
      ["again", facts],
      ["compared", facts],
      ["changed", withChanges(facts, 0.05)],
    ] as const) {
      runs.heap.push(await copyToHeap(heap, given));
      if (kind === "compared") await forgetDay(target, dayStart);
      const { ms, touched, wal } = await measuredReplace(target, given, dayStart);
      runs[kind].push(ms);
      walBytes[kind].push(wal);
      if (kind === "again" || kind === "compared") rowsTouchedAgain += touched;
    }
  }

  const perSecond = (values: number[]) => (ROWS / median(values)) * 1000;
  const heapRate = perSecond(runs.heap);
  const rows = (["heap", "fresh", "again", "compared", "changed"] as const).map((kind) => ({
    what: {
      heap: "binary COPY into a bare heap",
      fresh: "a new day",
      again: "the same day again",
      compared: "the same, each row compared",
      changed: "5 % of it changed",
    }[kind],
    "median ms": round(median(runs[kind])),
    "rows/s": Math.round(perSecond(runs[kind])),
    "of the heap": round(perSecond(runs[kind]) / heapRate),
    "WAL MB": kind === "heap" ? null : round(median(walBytes[kind]) / 1e6),
  }));
  printTable(`Ingest of ${ROWS} hourly facts, medians of ${ROUNDS} rounds`, rows);
  return report(
    "ingest",
    [
      atLeast("a new day, of the heap's rows/s", perSecond(runs.fresh) / heapRate, 0.25),
      atLeast("the same day again, of the heap's rows/s", perSecond(runs.again) / heapRate, 0.6),
      atMost("facts, roll-ups, series and restatements written for the same day again", rowsTouchedAgain, 0),
    ],
    { rowsPerDay: ROWS, rounds: ROUNDS, rows, milliseconds: runs },
  );
});
