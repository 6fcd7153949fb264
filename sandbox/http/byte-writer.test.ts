import { describe, expect, it } from "vitest";
import { ByteWriter } from "./byte-writer";

describe("bytes that are put together", () => {
  it("are those that were written, in any script", () => {
    const bytes = new ByteWriter();
    bytes.raw(Buffer.from('{"name":"한글 é"'));
    bytes.ascii(',"value":"0.10"}');
    expect(bytes.take().toString()).toBe('{"name":"한글 é","value":"0.10"}');
  });

  it("are as many as it takes, and each is taken once", () => {
    const bytes = new ByteWriter();
    const part = Buffer.alloc(50_000, "a");
    for (let i = 0; i < 5; i += 1) bytes.raw(part);
    bytes.ascii("1".repeat(70_000));
    const taken = bytes.take();
    expect(bytes.take()).toHaveLength(0);
    bytes.ascii("2");
    expect(taken.toString()).toBe("a".repeat(250_000) + "1".repeat(70_000));
  });
});
