import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contrast, readToken, toLinear } from "@/components/lib/oklch";

const css = readFileSync("app/globals.css", "utf8");

const texts: [text: string, surface: string][] = [
  ["foreground", "background"],
  ["foreground", "card"],
  ["foreground", "popover"],
  ["foreground", "muted"],
  ["muted-foreground", "background"],
  ["muted-foreground", "card"],
  ["muted-foreground", "popover"],
  ["muted-foreground", "muted"],
  ["muted-foreground", "accent"],
  ["muted-foreground", "sidebar"],
  ["sidebar-foreground", "sidebar"],
  ["primary-foreground", "primary"],
  ["primary-foreground", "primary-hover"],
  ["primary-text", "card"],
  ["primary-text", "primary-soft"],
  ["destructive-foreground", "destructive"],
  ["destructive-foreground", "destructive-hover"],
  ["destructive-text", "card"],
  ["destructive-text", "destructive-soft"],
  ["success-text", "success-soft"],
  ["warning-text", "warning-soft"],
  ["info-text", "info-soft"],
];

const marks: [mark: string, surface: string][] = [
  ["ring", "background"],
  ["ring", "card"],
  ["control-border", "card"],
  ["success", "card"],
  ["destructive", "card"],
];

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
  const between = (a: string, b: string) =>
    contrast(toLinear(readToken(css, theme, a)), toLinear(readToken(css, theme, b)));

  it.each(texts)("%s is readable on %s (4.5:1)", (text, surface) => {
    expect(between(text, surface)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(marks)("%s is seen on %s (3:1)", (mark, surface) => {
    expect(between(mark, surface)).toBeGreaterThanOrEqual(3);
  });

  it("is never pure black", () => {
    for (const name of ["background", "foreground", "card", "sidebar"]) {
      expect(readToken(css, theme, name)[0]).toBeGreaterThan(0.1);
    }
  });
});
