import { describe, expect, it } from "vitest";
import { chooseAnomalies } from "@/components/anomalies/anomaly-params";
import { makeAnomaly } from "@/components/anomalies/testing";

const key = makeAnomaly({ dimension: "api_key", key: "key_a" });
const project = makeAnomaly({ dimension: "project", key: "proj_a", direction: "fall" });
const settled = makeAnomaly({
  dimension: "api_key",
  key: "key_b",
  dismissal: { reason: "load test", by: null, at: "2026-03-09T00:00:00Z", day: "2026-03-02" },
});
const all = [key, project, settled];
const any = { kind: null, direction: null } as const;

describe("choosing among anomalies", () => {
  it("keeps their order and counts every state", () => {
    expect(chooseAnomalies(all, { ...any, state: "all" })).toEqual({
      shown: all,
      counts: { open: 2, dismissed: 1, all: 3 },
    });
    expect(chooseAnomalies(all, { ...any, state: "open" }).shown).toEqual([key, project]);
    expect(chooseAnomalies(all, { ...any, state: "dismissed" }).shown).toEqual([settled]);
  });

  it("counts states among those of the kind and direction", () => {
    expect(chooseAnomalies(all, { state: "open", kind: "api_key", direction: null })).toEqual({
      shown: [key],
      counts: { open: 1, dismissed: 1, all: 2 },
    });
    expect(chooseAnomalies(all, { state: "all", kind: null, direction: "fall" }).shown).toEqual([project]);
  });
});
