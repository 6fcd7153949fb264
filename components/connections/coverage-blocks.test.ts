import { describe, expect, it } from "vitest";
import { coverageOf } from "./coverage-blocks";

const today = "2026-11-20";
const states = (coverage: ReturnType<typeof coverageOf>) => coverage.blocks.map(({ state }) => state);

describe("coverageOf", () => {
  it("covers every wanted day exactly once, today last", () => {
    const { blocks } = coverageOf({ coveredFrom: null, coveredDays: 0 }, { backfillDays: 365, today, blockCount: 52 });
    expect(blocks).toHaveLength(52);
    expect(blocks[0]?.from).toBe("2025-11-21");
    expect(blocks.at(-1)?.to).toBe(today);
    for (const [index, block] of blocks.entries()) {
      const next = blocks[index + 1];
      if (next) expect(Date.parse(next.from) - Date.parse(block.to)).toBe(86_400_000);
    }
  });

  it("shows nothing as covered before the first sync", () => {
    const coverage = coverageOf({ coveredFrom: null, coveredDays: 0 }, { backfillDays: 30, today, blockCount: 10 });
    expect(coverage.days).toBe(0);
    expect(new Set(states(coverage))).toEqual(new Set(["missing"]));
  });

  it("shows what was fetched so far, newest first; today, still open, counts", () => {
    const coverage = coverageOf(
      { coveredFrom: "2026-11-16", coveredDays: 4 },
      { backfillDays: 10, today, blockCount: 5 },
    );
    expect(states(coverage)).toEqual(["missing", "missing", "partly", "covered", "covered"]);
    expect(coverage.days).toBe(5);
  });

  it("takes lists that count today as covered, too", () => {
    const coverage = coverageOf(
      { coveredFrom: "2026-11-16", coveredDays: 5 },
      { backfillDays: 10, today, blockCount: 5 },
    );
    expect(states(coverage)).toEqual(["missing", "missing", "partly", "covered", "covered"]);
    expect(coverage.days).toBe(5);
  });

  it("claims no piece as covered while there is a gap of unknown place", () => {
    const coverage = coverageOf(
      { coveredFrom: "2026-11-11", coveredDays: 7 },
      { backfillDays: 10, today, blockCount: 5 },
    );
    expect(new Set(states(coverage))).toEqual(new Set(["partly"]));
    expect(coverage.days).toBe(7);
  });

  it("is complete when more than wanted is here", () => {
    const coverage = coverageOf(
      { coveredFrom: "2026-01-01", coveredDays: 323 },
      { backfillDays: 30, today, blockCount: 10 },
    );
    expect(new Set(states(coverage))).toEqual(new Set(["covered"]));
    expect(coverage.days).toBe(30);
  });

  it("draws no more pieces than days", () => {
    expect(
      coverageOf({ coveredFrom: null, coveredDays: 0 }, { backfillDays: 3, today, blockCount: 60 }).blocks,
    ).toHaveLength(3);
  });
});
