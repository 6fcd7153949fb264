import { describe, expect, it } from "vitest";
import { negotiateLocale } from "./locales";

describe("negotiateLocale", () => {
  it.each([
    [null, "en"],
    ["", "en"],
    ["ko", "ko"],
    ["ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "ko"],
    ["en-US,en;q=0.9,ko;q=0.8", "en"],
    ["fr-FR,fr;q=0.9,ko;q=0.5,en;q=0.4", "ko"],
    ["de, en;q=0.1, ko;q=0.2", "ko"],
    ["ko;q=0, en", "en"],
    ["*", "en"],
    ["ko;q=nonsense, en;q=0.1", "en"],
  ])("%s -> %s", (header, locale) => expect(negotiateLocale(header)).toBe(locale));
});
