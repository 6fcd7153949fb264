import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { failNoSooner, settleNoSooner } from "@/server/lib/no-sooner";

const STEP_MS = 120;
/** Timers may fire a little early, and late on a busy machine. */
const EARLY_MS = 3;

async function timeOf(attempt: Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await attempt.catch(() => {});
  return performance.now() - startedAt;
}
const failAfter = (ms: number) => async () => {
  await sleep(ms);
  throw new Error("no");
};

describe("a failure is told", () => {
  it("at the same time, however soon it was known", async () => {
    for (const ms of [0, STEP_MS / 2]) {
      const took = await timeOf(failNoSooner(STEP_MS, failAfter(ms)));
      expect(took).toBeGreaterThan(STEP_MS - EARLY_MS);
    }
  });

  it("a whole step later where it was known too late for the first", async () => {
    const took = await timeOf(failNoSooner(STEP_MS, failAfter(STEP_MS + 10)));
    expect(took).toBeGreaterThan(2 * STEP_MS - EARLY_MS);
  });
});

it("a success is told at once, unless it must not tell anything either", async () => {
  expect(await timeOf(failNoSooner(10_000, async () => {}))).toBeLessThan(5_000);
  expect(await timeOf(settleNoSooner(STEP_MS, async () => {}))).toBeGreaterThan(STEP_MS - EARLY_MS);
});
