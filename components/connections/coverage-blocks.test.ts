import { describe, expect, it } from "vitest";
import { coverageBlocks } from "./coverage-blocks";

const today = "2026-11-20";
const states = (blocks: ReturnType<typeof coverageBlocks>) => blocks.map(({ state }) => state);

describe("coverageBlocks", () => {
  it("covers every wanted day exactly once, today last", () => {
    const blocks = coverageBlocks({ coveredFrom: null, coveredDays: 0 }, 365, today, 52);
    expect(blocks).toHaveLength(52);
    expect(blocks[0]?.from).toBe("2025-11-21");
    expect(blocks.at(-1)?.to).toBe(today);
    for (const [index, block] of blocks.entries()) {
      const next = blocks[index + 1];
      if (next) expect(Date.parse(next.from) - Date.parse(block.to)).toBe(86_400_000);
    }
  });

  it("shows nothing as covered before the first sync", () => {
    expect(new Set(states(coverageBlocks({ coveredFrom: null, coveredDays: 0 }, 30, today, 10)))).toEqual(
      new Set(["missing"]),
    );
  });

  it("shows what was fetched so far, newest first", () => {
    const blocks = coverageBlocks({ coveredFrom: "2026-11-16", coveredDays: 5 }, 10, today, 5);
    expect(states(blocks)).toEqual(["missing", "missing", "partly", "covered", "covered"]);
  });

  it("claims no day as covered while there is a gap of unknown place", () => {
    const blocks = coverageBlocks({ coveredFrom: "2026-11-11", coveredDays: 7 }, 10, today, 5);
    expect(new Set(states(blocks))).toEqual(new Set(["partly"]));
  });

  it("shows everything as covered when more than wanted is there", () => {
    const blocks = coverageBlocks({ coveredFrom: "2026-01-01", coveredDays: 324 }, 30, today, 10);
    expect(new Set(states(blocks))).toEqual(new Set(["covered"]));
  });

  it("draws no more pieces than days", () => {
    expect(coverageBlocks({ coveredFrom: null, coveredDays: 0 }, 3, today, 60)).toHaveLength(3);
  });
});
