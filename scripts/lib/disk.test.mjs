import os from "node:os";
import { expect, it } from "vitest";
import { assertRoom } from "./disk.mjs";

it("room is asked for before it is used", () => {
  expect(() => assertRoom(os.tmpdir(), { megabytes: 0, what: "Nothing" })).not.toThrow();
  expect(() => assertRoom(os.tmpdir(), { megabytes: 1e12, what: "The build" })).toThrow(
    /^The build needs about 1000000000000 MB of disk; .* has \d+ MB left/,
  );
});
