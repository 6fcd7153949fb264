import { round } from "@/bench/lib/report";
import { percentile } from "@/bench/lib/statistics";
import { backendCpuMeter } from "@/bench/queries/backend-cpu";
import { type Page, openFigures, openFrame, pages, signIn } from "@/bench/queries/pages";
import type { noteStatements } from "@/bench/queries/statement-clock";
import type { OrgAccess } from "@/server/auth/scope";
import { closeDatabase } from "@/server/db/client";
import { addUtcDays, toUtcDay } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

const REPEATS = 60;
const DAYS = [7, 30, 90, 365];

export type Measured = {
  page: Page;
  days: number;
  statements: number;
  "p50 cold": number;
  "p95 cold": number;
  "p50 ms": number;
  "p95 ms": number;
  "p50 CPU": number | null;
  "p95 CPU": number | null;
};

type Clock = ReturnType<typeof noteStatements>;

/** Milliseconds in the database of every page over ranges that end today, on connections that are new and on used ones. */
export async function measurePages(access: OrgAccess, clock: Clock): Promise<Measured[]> {
  const sessionId = await signIn(access);
  const measured: Measured[] = [];
  for (const page of Object.keys(pages) as Page[]) {
    for (const days of DAYS) {
      const open = () => openOnce(clock, { sessionId, org: access.org.slug, page, range: rangeUntilToday(days) });
      const cold = [];
      for (let i = 0; i < REPEATS; i++) {
        await closeDatabase();
        cold.push(await open());
      }
      const warm = [];
      const cpu = [];
      const cpuMs = await backendCpuMeter();
      for (let i = 0; i < REPEATS; i++) {
        const before = cpuMs();
        warm.push(await open());
        const after = cpuMs();
        if (before !== null && after !== null) cpu.push(after - before);
      }
      const statements = warm[0]?.statements ?? 0;
      measured.push({
        page,
        days,
        statements,
        ...summaryOf(cold, "cold"),
        ...summaryOf(warm, "ms"),
        ...cpuSummary(cpu),
      });
    }
  }
  return measured;
}

type Opened = { statements: number; ms: number };
type Visit = { sessionId: string; org: string; page: Page; range: DayRange };

async function openOnce(clock: Clock, { sessionId, org, page, range }: Visit): Promise<Opened> {
  clock.take();
  await openFigures(await openFrame(sessionId, org), page, { org, range });
  const statements = clock.take();
  return { statements: statements.length, ms: statements.reduce((sum, { ms }) => sum + ms, 0) };
}

const spread = (values: readonly number[]) =>
  [round(percentile(values, 0.5)), round(percentile(values, 0.95))] as const;

function summaryOf<Name extends "cold" | "ms">(opened: readonly Opened[], name: Name) {
  const [p50, p95] = spread(opened.map(({ ms }) => ms));
  return { [`p50 ${name}`]: p50, [`p95 ${name}`]: p95 } as Record<`p50 ${Name}` | `p95 ${Name}`, number>;
}

function cpuSummary(values: readonly number[]) {
  const [p50, p95] = values.length > 0 ? spread(values) : [null, null];
  return { "p50 CPU": p50, "p95 CPU": p95 };
}

function rangeUntilToday(days: number): DayRange {
  const today = toUtcDay(new Date());
  return { from: addUtcDays(today, 1 - days), to: addUtcDays(today, 1) };
}
