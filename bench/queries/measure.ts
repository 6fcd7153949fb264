import { round } from "@/bench/lib/report";
import { percentile } from "@/bench/lib/statistics";
import { type Page, openFigures, openFrame, pages, signIn } from "@/bench/queries/pages";
import type { noteStatements, Statement } from "@/bench/queries/statement-clock";
import type { OrgAccess } from "@/server/auth/scope";
import { closeDatabase } from "@/server/db/client";
import { addUtcDays, toUtcDay } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

const REPEATS = 60;
const DAYS = [7, 30, 90, 365];

export type Measured = { page: Page; days: number; statements: number; "p50 cold": number; "p95 cold": number } & {
  "p50 ms": number;
  "p95 ms": number;
  "of it figures": number;
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
      for (let i = 0; i < REPEATS; i++) warm.push(await open());
      measured.push({ page, days, statements: warm[0]?.statements ?? 0, ...summaryOf(cold, warm) });
    }
  }
  return measured;
}

type Opened = { statements: number; ms: number; figuresMs: number };

async function openOnce(
  clock: Clock,
  { sessionId, org, page, range }: { sessionId: string; org: string; page: Page; range: DayRange },
): Promise<Opened> {
  clock.take();
  const caller = await openFrame(sessionId, org);
  const frame = clock.take();
  await openFigures(caller, page, { org, range });
  const figures = clock.take();
  return {
    statements: frame.length + figures.length,
    ms: sum(frame) + sum(figures),
    figuresMs: sum(figures),
  };
}

const sum = (statements: readonly Statement[]) => statements.reduce((total, { ms }) => total + ms, 0);

function summaryOf(cold: readonly Opened[], warm: readonly Opened[]) {
  const of = (opened: readonly Opened[], share: number) =>
    round(
      percentile(
        opened.map(({ ms }) => ms),
        share,
      ),
    );
  return {
    "p50 cold": of(cold, 0.5),
    "p95 cold": of(cold, 0.95),
    "p50 ms": of(warm, 0.5),
    "p95 ms": of(warm, 0.95),
    "of it figures": round(
      percentile(
        warm.map(({ figuresMs }) => figuresMs),
        0.95,
      ),
    ),
  };
}

function rangeUntilToday(days: number): DayRange {
  const today = toUtcDay(new Date());
  return { from: addUtcDays(today, 1 - days), to: addUtcDays(today, 1) };
}
