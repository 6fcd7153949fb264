import { describe, expect, it } from "vitest";
import { ReadAhead, ReadAheadBudget } from "./read-ahead";

const chunk = (size: number) => new Uint8Array(size);
const nothing = () => {};

/** A body of chunks of these sizes, one each time it is asked. */
function bodyOf(sizes: readonly number[], { failure, onCancel }: { failure?: Error; onCancel?: () => void } = {}) {
  const left = [...sizes];
  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const size = left.shift();
        if (size !== undefined) controller.enqueue(chunk(size));
        else if (failure) controller.error(failure);
        else controller.close();
      },
      cancel: onCancel,
    },
    { highWaterMark: 0 },
  );
}

async function sizesOf(chunks: AsyncIterable<Uint8Array>) {
  const sizes: number[] = [];
  for await (const { length } of chunks) sizes.push(length);
  return sizes;
}

/** Longer than anything takes that waits for nobody. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe("a body that is received ahead of its reader", () => {
  it("is complete before a byte of it is used, where there is room", async () => {
    const body = new ReadAhead(bodyOf([3, 4]), new ReadAheadBudget(100), nothing);
    await body.received;
    expect(body.size).toBe(7);
    expect(await sizesOf(body.chunks())).toEqual([3, 4]);
  });

  it("waits for its reader where there is none, and goes on when there is", async () => {
    const body = new ReadAhead(bodyOf([6, 6, 6]), new ReadAheadBudget(10), nothing);
    await settled();
    expect(body.size).toBe(12);
    expect(await sizesOf(body.chunks())).toEqual([6, 6, 6]);
  });

  it("goes on when another body's reader makes room", async () => {
    const budget = new ReadAheadBudget(10);
    const [first, second] = [
      new ReadAhead(bodyOf([10]), budget, nothing),
      new ReadAhead(bodyOf([1, 1]), budget, nothing),
    ];
    await settled();
    expect(second.size).toBe(1);
    await sizesOf(first.chunks());
    await second.received;
    expect(second.size).toBe(2);
  });

  it("is received chunk by chunk even while others hold all the room there is", async () => {
    const budget = new ReadAheadBudget(10);
    new ReadAhead(bodyOf([50]), budget, nothing);
    await settled();
    expect(budget.hasRoom).toBe(false);
    expect(await sizesOf(new ReadAhead(bodyOf([9, 9, 9]), budget, nothing).chunks())).toEqual([9, 9, 9]);
  });

  it("is received whole before others are read on, as long as it keeps coming and has room", async () => {
    const budget = new ReadAheadBudget(100);
    const earlier = new ReadAhead(bodyOf([1, 1, 1]), budget, nothing);
    await earlier.received;
    const large = new ReadAhead(bodyOf(Array.from({ length: 50 }, () => 1)), budget, nothing);
    const receivedAtTurns: number[] = [];
    for await (const _ of earlier.chunks()) receivedAtTurns.push(large.size);
    expect(receivedAtTurns[0]).toBeLessThan(50);
    expect(receivedAtTurns.slice(1)).toEqual([50, 50]);
  });

  it("leaves its reader a turn when there is no room for more of it", async () => {
    const budget = new ReadAheadBudget(10);
    const endless = new ReadAhead(bodyOf(Array.from({ length: 1_000 }, () => 5)), budget, nothing);
    const chunks = endless.chunks();
    for (let taken = 0; taken < 3; taken++) expect((await chunks.next()).value).toHaveLength(5);
    expect(endless.size).toBeLessThan(50);
    endless.close();
  });

  it("gives what came before it broke off, then why", async () => {
    const failure = new Error("cut");
    const body = new ReadAhead(bodyOf([3, 4], { failure }), new ReadAheadBudget(100), nothing);
    await body.received;
    const seen: number[] = [];
    const reading = (async () => {
      for await (const { length } of body.chunks()) seen.push(length);
    })();
    await expect(reading).rejects.toBe(failure);
    expect(seen).toEqual([3, 4]);
  });

  it("is hung up on when nobody wants the rest, and gives its room back", async () => {
    const budget = new ReadAheadBudget(10);
    let isCancelled = false;
    const body = new ReadAhead(bodyOf([20, 20], { onCancel: () => (isCancelled = true) }), budget, nothing);
    await settled();
    expect(budget.hasRoom).toBe(false);
    body.close();
    await body.received;
    expect(isCancelled).toBe(true);
    expect(budget.hasRoom).toBe(true);
  });

  it("tells of every chunk, for whoever watches for silence", async () => {
    let progress = 0;
    await new ReadAhead(bodyOf([1, 1, 1]), new ReadAheadBudget(100), () => progress++).received;
    expect(progress).toBe(3);
  });

  it("may have no bytes at all", async () => {
    expect(await sizesOf(new ReadAhead(null, new ReadAheadBudget(10), nothing).chunks())).toEqual([]);
  });
});
