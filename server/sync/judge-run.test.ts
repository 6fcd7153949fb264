import { describe, expect, it } from "vitest";
import { ProviderError } from "@/server/openai/errors";
import { judgeRun } from "@/server/sync/judge-run";
import type { StreamFault } from "@/server/sync/stream-fault";

const fault = (state: StreamFault["state"], code: string): StreamFault => ({ state, code, message: "" });
const forbidden = fault("forbidden", "permission");
const failing = fault("failing", "transient");
const notOffered = fault("unsupported", "unsupported");

const facts = (...faults: (StreamFault | null)[]) => faults.map((each) => ({ kind: "facts", fault: each }) as const);
const names = (...faults: (StreamFault | null)[]) =>
  faults.map((each) => ({ kind: "directory", fault: each }) as const);

describe("a run", () => {
  it.each([
    ["whose lists all came", "backfill", [...facts(null), ...names(null)], "succeeded", "serves", true],
    ["without what is not offered", "trailing", facts(null, notOffered), "succeeded", "serves", true],
    ["of nothing that the key may read", "trailing", [], "succeeded", "unknown", false],
    ["of names", "directory", names(null), "succeeded", "unknown", false],
    ["with a list that failed", "trailing", facts(null, failing), "partial", "unknown", true],
    ["with names, but no figures", "backfill", [...facts(failing), ...names(null)], "failed", "unknown", false],
    ["with nothing but what is not offered", "trailing", facts(failing, notOffered), "failed", "unknown", false],
    ["that may read nothing any more", "trailing", facts(forbidden, forbidden), "failed", "permission", false],
    ["that may read no names", "directory", names(forbidden, forbidden), "failed", "unknown", false],
    ["that may read some names", "directory", names(forbidden, null), "partial", "unknown", false],
    ["that may not read, or fails", "trailing", facts(forbidden, failing), "failed", "unknown", false],
  ] as const)("%s", (_name, kind, streams, state, key, hasNewFigures) => {
    expect(judgeRun(kind, streams, null)).toMatchObject({ outcome: { state }, key, hasNewFigures });
  });

  it("whose key was refused has failed, whatever came before", () => {
    const verdict = judgeRun("directory", names(null), new ProviderError("auth"));
    expect(verdict).toEqual({ outcome: { state: "failed", errorCode: "auth" }, key: "auth", hasNewFigures: false });
  });

  it("is explained by its first failure", () => {
    const { outcome } = judgeRun("trailing", facts(notOffered, failing, forbidden), null);
    expect(outcome.errorCode).toBe("transient");
  });
});
