import { describe, expect, it } from "vitest";
import type { Point } from "@/components/charts/prepare/geometry";
import { stackBlocks } from "@/components/charts/prepare/stack-blocks";
import type { Day } from "@/components/lib/format-date";

const visible = [{ id: "a" }, { id: "b" }, { id: "c" }];
const point = (index: number, heights: Record<string, number | null>): Point => ({
  day: `2026-10-0${index + 1}` as Day,
  index,
  isOpen: false,
  isGap: false,
  previous: null,
  ...heights,
});

describe("the blocks of a stack", () => {
  it("stand on each other, credits hang below zero, and each side has one end", () => {
    const blocks = stackBlocks([point(0, { a: 2, b: -1, c: 3 })], visible);
    expect(blocks.get("a")).toEqual([{ index: 0, from: 0, to: 2, isEnd: false }]);
    expect(blocks.get("b")).toEqual([{ index: 0, from: 0, to: -1, isEnd: true }]);
    expect(blocks.get("c")).toEqual([{ index: 0, from: 2, to: 5, isEnd: true }]);
  });

  it("are not there for nothing and for what is unknown", () => {
    const blocks = stackBlocks([point(0, { a: 0, b: null, c: 3 }), point(1, { a: 1 })], visible);
    expect(blocks.get("a")).toEqual([{ index: 1, from: 0, to: 1, isEnd: true }]);
    expect(blocks.get("b")).toEqual([]);
    expect(blocks.get("c")).toEqual([{ index: 0, from: 0, to: 3, isEnd: true }]);
  });
});
