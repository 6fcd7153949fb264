import { describe, expect, it } from "vitest";
import { readBounded } from "./read-bounded";

const streamOf = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });

describe("readBounded", () => {
  it("joins the chunks of a body that fits exactly", async () => {
    expect(new TextDecoder().decode((await readBounded(streamOf("ab", "cd"), 4)) ?? undefined)).toBe("abcd");
  });

  it("gives up on the first byte too many", async () => {
    expect(await readBounded(streamOf("ab", "cde"), 4)).toBeNull();
  });

  it("does not wait for the end of an endless body", async () => {
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(1024)) });
    expect(await readBounded(endless, 10_000)).toBeNull();
  });

  it("reads no body as an empty one", async () => {
    expect((await readBounded(null, 4))?.byteLength).toBe(0);
  });
});
