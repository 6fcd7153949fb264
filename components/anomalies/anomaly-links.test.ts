import { describe, expect, it } from "vitest";
import { exploreHref, whyHref } from "@/components/anomalies/anomaly-links";
import { makeAnomaly } from "@/components/anomalies/testing";

const paramsOf = (href: string) => Object.fromEntries(new URLSearchParams(href.split("?")[1]));

describe("links of an anomaly", () => {
  it("show it alone between what came before and after", () => {
    expect(paramsOf(exploreHref("acme", makeAnomaly()))).toEqual({
      from: "2026-02-16",
      to: "2026-03-11",
      group: "model",
      filter: "api_key=key_a",
    });
  });

  it("take whole weeks that end with it apart, so that weekdays are compared with the same", () => {
    expect(paramsOf(whyHref("acme", makeAnomaly()))).toMatchObject({
      from: "2026-02-25",
      to: "2026-03-04",
      compare: "previous_period",
      why: "true",
    });
    const long = makeAnomaly({ range: { from: "2026-03-01", to: "2026-03-10" } });
    expect(paramsOf(whyHref("acme", long))).toMatchObject({ from: "2026-02-24", to: "2026-03-10" });
  });

  it("of all spend are about all, by key; of nobody's about what nobody was named for", () => {
    const all = paramsOf(exploreHref("acme", makeAnomaly({ dimension: "total", key: "" })));
    expect(all).toMatchObject({ group: "api_key" });
    expect(all.filter).toBeUndefined();
    expect(paramsOf(exploreHref("acme", makeAnomaly({ key: "" }))).filter).toBe("api_key=(none)");
  });
});
