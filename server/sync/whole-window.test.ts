import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MS_PER_HOUR } from "@/server/lib/time";
import type { Bucket } from "@/server/openai/pages";
import type { Range } from "@/server/sync/ranges";
import { wholeWindow } from "@/server/sync/whole-window";

const at = (text: string) => Date.parse(`2026-10-${text}Z`);
const window = { start: at("20T00:00"), end: at("20T06:00") };
const starts = Array.from({ length: 6 }, (_, hour) => window.start + hour * MS_PER_HOUR);

async function* bucketsAt(times: readonly number[]): AsyncGenerator<Bucket<never>> {
  for (const time of times)
    yield { startTime: time / 1000, endTime: (time + MS_PER_HOUR) / 1000, results: [], skipped: [] };
}

async function received(times: readonly number[], fetchedAt = at("20T12:00"), asked: Range = window) {
  const seen: number[] = [];
  for await (const bucket of wholeWindow(bucketsAt(times), {
    window: asked,
    width: "1h",
    fetchedAt: new Date(fetchedAt),
  }))
    seen.push(bucket.startTime * 1000);
  return seen;
}

const broken = { kind: "transient", code: "invalid_body" };

describe("the buckets of a window", () => {
  it("are handed on when all are there, in any order", async () => {
    expect(await received(starts.toReversed())).toEqual(starts.toReversed());
  });

  it.each([
    ["none came", []],
    ["one is absent", starts.toSpliced(2, 1)],
    ["the last one is absent", starts.slice(0, -1)],
    ["one came twice", [...starts, window.start]],
    ["one begins before the window", [window.start - MS_PER_HOUR, ...starts]],
    ["one begins at its end", [...starts, window.end]],
    ["one begins within an hour", [...starts.slice(1), window.start + 60_000]],
  ])("are a broken answer when %s", async (_name, times) => {
    await expect(received(times)).rejects.toMatchObject(broken);
  });

  it("may lack those that were not closed when they were asked for", async () => {
    expect(await received(starts.slice(0, 4), at("20T04:59"))).toHaveLength(4);
    await expect(received(starts.slice(0, 4), at("20T05:00"))).rejects.toMatchObject(broken);
  });

  it("that were dropped are noticed, whichever they are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(starts, { maxLength: 5 }), async (some) => {
        await expect(received(some)).rejects.toMatchObject(broken);
      }),
    );
  });
});
