import { describe, expect, it } from "vitest";
import { outcomeOfCode } from "./attempt-sign-in";

describe("outcomeOfCode", () => {
  it.each([
    ["second_factor.abc-_DEF", { kind: "second_factor", pendingToken: "abc-_DEF" }],
    ["too_many_attempts.37", { kind: "wait", seconds: 37 }],
    ["wrong_credentials", { kind: "refused", reason: "wrong_credentials" }],
    ["link_expired", { kind: "refused", reason: "link_expired" }],
    ["second_factor", { kind: "unreachable" }],
    ["too_many_attempts.soon", { kind: "unreachable" }],
    ["something_new", { kind: "unreachable" }],
    ["", { kind: "unreachable" }],
  ])("%s", (code, outcome) => expect(outcomeOfCode(code)).toEqual(outcome));
});
