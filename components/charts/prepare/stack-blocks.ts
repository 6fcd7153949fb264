import type { Point } from "@/components/charts/prepare/geometry";
import type { Series } from "@/components/charts/prepare/types";

/** A series' part of a day's stack: heights, `from` the nearer to zero. */
export type Block = {
  /** Of the point. */
  index: number;
  from: number;
  to: number;
  /** The topmost positive and the lowest negative one of its day. */
  isEnd: boolean;
};

/** Stacks the visible series of each day in order: what is positive upwards from zero, credits downwards. By series' ids. */
export function stackBlocks(
  points: readonly Point[],
  visible: readonly Pick<Series, "id">[],
): ReadonlyMap<string, readonly Block[]> {
  const blocks = new Map<string, Block[]>(visible.map(({ id }) => [id, []]));
  for (const point of points) {
    const ends: Record<"up" | "down", { at: number; last: Block | null }> = {
      up: { at: 0, last: null },
      down: { at: 0, last: null },
    };
    for (const { id } of visible) {
      const value = Number(point[id] ?? 0);
      if (value === 0) continue;
      const side = ends[value > 0 ? "up" : "down"];
      const block: Block = { index: point.index, from: side.at, to: side.at + value, isEnd: true };
      if (side.last) side.last.isEnd = false;
      side.at = block.to;
      side.last = block;
      blocks.get(id)?.push(block);
    }
  }
  return blocks;
}
