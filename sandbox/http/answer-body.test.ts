import { describe, expect, it } from "vitest";
import { AnswerBody } from "./answer-body";
import { JsonText } from "./router";

/** A text of so many bytes in pieces of a thousand, and how many of them were asked for. */
function longText(bytes: number) {
  const made = { pieces: 0 };
  function* pieces() {
    for (; made.pieces < bytes / 1000; made.pieces += 1) yield "é".repeat(500);
  }
  return { made, answer: new JsonText(pieces()) };
}

const soon = () => performance.now() + 60_000;
const lengthOf = (parts: Iterable<Buffer>) => [...parts].reduce((sum, { length }) => sum + length, 0);

describe("the body of an answer", () => {
  it("is complete before it is due, where it can be", async () => {
    const body = new AnswerBody(longText(3_000_000).answer);
    await body.prepare(soon());
    expect(body.isComplete).toBe(true);
    expect(body.ready()).toHaveLength(3_000_000);
  });

  it("is begun when it is due, however long the rest takes", async () => {
    const { answer, made } = longText(3_000_000);
    const body = new AnswerBody(answer);
    await body.prepare(performance.now());
    expect(body.isComplete).toBe(false);
    expect(made.pieces).toBeLessThan(1000);
    expect(body.ready().length + lengthOf(body.rest())).toBe(3_000_000);
  });

  it("is not held whole where it is very long", async () => {
    const body = new AnswerBody(longText(40_000_000).answer);
    await body.prepare(soon());
    expect(body.isComplete).toBe(false);
    expect(body.ready().length).toBeLessThan(20_000_000);
  });

  it("of an object is its JSON", async () => {
    const body = new AnswerBody({ name: "é" });
    await body.prepare(soon());
    expect(body.ready().toString()).toBe('{"name":"é"}');
    expect(body.isComplete).toBe(true);
  });
});
