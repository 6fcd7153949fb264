import { describe, expect, it } from "vitest";
import { bannerOf } from "./banner-of";

const connection = (changes: Partial<Parameters<typeof bannerOf>[0][number]>) => ({
  id: "c1",
  name: "Acme",
  status: "active" as const,
  statusReason: null,
  isSample: false,
  ...changes,
});

describe("bannerOf", () => {
  it("says nothing while all is well", () => {
    expect(bannerOf([])).toBeNull();
    expect(bannerOf([connection({})])).toBeNull();
  });

  it("puts what is broken before what is paused, and both before sample data", () => {
    const sample = connection({ id: "s", isSample: true });
    const paused = connection({ id: "p", status: "paused" });
    const broken = connection({ id: "b", status: "broken", statusReason: "auth" });
    expect(bannerOf([sample, paused, broken])?.kind).toBe("broken");
    expect(bannerOf([sample, paused])?.kind).toBe("paused");
  });

  it("tells sample data alone from sample data beside real spend", () => {
    const sample = connection({ isSample: true });
    expect(bannerOf([sample])?.kind).toBe("sample");
    expect(bannerOf([sample, connection({})])?.kind).toBe("mixed");
  });
});
