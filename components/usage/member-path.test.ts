import { expect, it } from "vitest";
import { fromSegment, toSegment } from "./member-path";

it.each(["proj_abc", "ft:gpt-4o:acme::x1/2", "50% off", "%41", "unattributed", "~x", ".", "..", "=cmd|'/c'", "ع 🤖"])(
  "%s survives the way into a path and back",
  (key) => {
    const segment = toSegment(key);
    expect(segment).not.toMatch(/[/?#]|^\.{1,2}$/);
    expect(fromSegment(segment)).toBe(key);
  },
);

it("nobody has a path of its own that no key can take", () => {
  expect(toSegment(null)).toBe("unattributed");
  expect(fromSegment("unattributed")).toBeNull();
  expect(toSegment("unattributed")).not.toBe(toSegment(null));
});

it("a malformed escape is taken as it stands", () => {
  expect(fromSegment("50%")).toBe("50%");
});
