import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contrast, readToken, toLab, toLinear, type Triple } from "@/components/lib/oklch";
import { assignColors, assignColorsByRank, chartHues, colorForKey } from "./colors";

describe("colours bound to entities", () => {
  it("a key alone always has the same colour", () => {
    expect(colorForKey("project:proj_1")).toBe(colorForKey("project:proj_1"));
    expect(assignColors(["project:proj_1"]).get("project:proj_1")).toBe(colorForKey("project:proj_1"));
  });

  it("up to eight shown together never share a colour, in whatever order they come", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 8 }), (keys) => {
        const forward = assignColors(keys);
        expect(new Set(forward.values()).size).toBe(keys.length);
        expect(assignColors(keys.toReversed())).toEqual(forward);
      }),
    );
  });

  it("the eight most important of an organization differ, and keep their colours in any chart of theirs", () => {
    const keys = Array.from({ length: 40 }, (_, index) => `project:proj_${index}`);
    const given = assignColorsByRank(keys);
    const top = keys.slice(0, 8);
    expect(new Set(top.map((key) => given.get(key))).size).toBe(8);
    const chart = assignColors(top.slice(2, 7), given);
    for (const [key, color] of chart) expect(color).toBe(given.get(key));
  });

  it("a colour the page gave is kept", () => {
    const given = new Map([["a", "var(--chart-5)"]]);
    expect(assignColors(["b", "a", "c"], given).get("a")).toBe("var(--chart-5)");
    expect(colorForKey("a", given)).toBe("var(--chart-5)");
  });

  it("keys spread over all hues", () => {
    const colors = new Set(Array.from({ length: 64 }, (_, index) => colorForKey(`project:proj_${index}`)));
    expect(colors.size).toBe(chartHues.length);
  });
});

describe.each(["light", "dark"] as const)("the %s palette", (theme) => {
  const css = readFileSync("app/globals.css", "utf8");
  const card = readToken(css, theme, "card");
  const hues = chartHues.map((_, index) => readToken(css, theme, `chart-${index + 1}`));

  it("stands out from a card by 3:1", () => {
    for (const hue of hues) expect(contrast(toLinear(hue), toLinear(card))).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.keys(sights()))("is told apart with %s sight", (sight) => {
    const seen = hues.map((hue) => toLab(see(toLinear(hue), sights()[sight] ?? [])));
    const distances = seen.flatMap((a, index) => seen.slice(index + 1).map((b) => distance(a, b)));
    // Blue-weak sight is rare (1 in 30 000), so it is held to a little less.
    expect(Math.min(...distances)).toBeGreaterThan(sight === "blue-weak" ? 0.07 : 0.095);
  });
});

/** Dichromatic sight in linear sRGB, after Machado, Oliveira and Fernandes (2009), severity 1. */
function sights(): Record<string, readonly Triple[]> {
  return {
    full: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    "red-weak": [
      [0.152286, 1.052583, -0.204868],
      [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
    "green-weak": [
      [0.367322, 0.860646, -0.227968],
      [0.280085, 0.672501, 0.047413],
      [-0.01182, 0.04294, 0.968881],
    ],
    "blue-weak": [
      [1.255528, -0.076749, -0.178779],
      [-0.078411, 0.930809, 0.147602],
      [0.004733, 0.691367, 0.3039],
    ],
  };
}

function see(color: Triple, matrix: readonly Triple[]): Triple {
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  const row = (index: number) => {
    const [x, y, z] = matrix[index] ?? [0, 0, 0];
    return clamp(x * color[0] + y * color[1] + z * color[2]);
  };
  return [row(0), row(1), row(2)];
}

function distance(a: Triple, b: Triple): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
