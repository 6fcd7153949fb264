import { describe, expect, it } from "vitest";
import { formatDuration } from "./format-duration";

describe("formatDuration", () => {
  it.each([
    [0, "0 sec"],
    [0.2, "1 sec"],
    [59, "59 sec"],
    [60, "1 min"],
    [119, "2 min"],
    [3570, "1 hr"],
    [3600, "1 hr"],
    [4800, "1 hr 20 min"],
  ])("%s seconds -> %s", (seconds, text) => expect(formatDuration(seconds, "en")).toBe(text));

  it("speaks Korean", () => expect(formatDuration(4800, "ko")).toBe("1시간 20분"));
});
