import { describe, expect, it } from "vitest";
import { describeFailure, knownCause, UserError } from "./errors.mjs";

describe("knownCause", () => {
  it.each([
    [Object.assign(new Error("write failed"), { code: "ENOSPC" }), /disk is full/],
    ["initdb: error: could not write: No space left on device", /disk is full/],
    ["npm error code EROFS", /read-only/],
    ["FATAL ERROR: JavaScript heap out of memory", /memory/],
  ])("names the cause of %s", (failure, sentence) => {
    expect(knownCause(failure)).toMatch(sentence);
  });

  it("stays silent about a failure of our own", () => {
    expect(knownCause(new TypeError("x is not a function"))).toBeUndefined();
  });
});

describe("describeFailure", () => {
  it("shows a message meant for people without a stack", () => {
    expect(describeFailure(new UserError("Port 3000 is taken."))).toBe("Port 3000 is taken.");
  });

  it("keeps the stack of an unexpected error", () => {
    expect(describeFailure(new TypeError("boom"))).toMatch(/TypeError: boom\n\s+at /);
  });
});
