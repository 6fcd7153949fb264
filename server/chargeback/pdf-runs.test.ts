import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pdfFonts } from "@/server/chargeback/pdf-fonts";
import { MISSING, toRuns } from "@/server/chargeback/pdf-runs";

const drawn = (text: string) => toRuns(text, pdfFonts()).map((run) => run.text);

describe("runs of a text", () => {
  it.each([
    ["one font", "Web assistant", ["Web assistant"]],
    ["Korean beside Latin", "결제 API", ["결제", " API"]],
    ["Hebrew from the right", "צוות מחקר", ["מחקר", " ", "צוות"]],
    ["Latin words within Hebrew in their own order", "צוות core api", ["core api ", "צוות"]],
    ["Hebrew within Latin where it stands", "team צוות מחקר x", ["team ", "מחקר", " ", "צוות", " x"]],
    ["brackets turned round within Hebrew", "צוות (core)", ["(core) ", "צוות"]],
    ["numbers after Hebrew on its left, each from the left", "צוות 2026-10 7", ["7 2026-10 ", "צוות"]],
    ["a number after Hebrew within Latin with it", "team צוות 5% x", ["team 5% ", "צוות", " x"]],
    ["numbers before Hebrew on its right", "24 צוות", ["צוות", " 24"]],
    ["numbers after Latin as its words", "צוות core 5 api", ["core 5 api ", "צוות"]],
    ["brackets at the end turned round", "צוות (א)", ["(", "א", ") ", "צוות"]],
    ["marks with their letters", "शोध दल", ["शोध", " ", "दल"]],
    ["letters with all their points", "צָוֶת", ["צָוֶת"]],
    ["Hebrew with commas and signs in their places", "צוות, מחקר!", ["!", "מחקר", " ,", "צוות"]],
    ["Arabic words whole, which the font joins", "فريق البحث", ["البحث", " ", "فريق"]],
    ["Latin within Arabic within Latin", "x فريق API البحث y", ["x ", "فريق", " API ", "البحث", " y"]],
    ["digits of Arabic so that they are read from the left", "فريق ٢٠٢٦", ["٦٢٠٢", " ", "فريق"]],
    ["what isolates and marks of direction ask for", "(\u2067א b\u2069) 1", ["(b ", "א", ") 1"]],
    ["pictograms one by one, with what changes their look", "Robots 👩🏽‍🚀🇰🇷1️⃣", ["Robots ", "👩🏽‍🚀🇰🇷1️⃣"]],
    ["pictograms after Hebrew on its left", "צוות 🚀", ["🚀", " ", "צוות"]],
    ["an accent that comes by itself, with its letter", "cafe\u0301", ["café"]],
    [
      "symbols, Chinese characters and kana",
      "A → B ★ 東京 カナ",
      ["A ", "→", " B ", "★", " ", "東", "京", " ", "カ", "ナ"],
    ],
    ["a box for a script that no font has", "aꦗ", ["a", MISSING]],
    ["nothing that cannot be seen", "a\u200b\u0007b\ufe0f", ["ab"]],
  ])("are %s", (_, text, expected) => {
    expect(drawn(text)).toEqual(expected);
  });

  it("have a font that has each of their characters, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        const fonts = pdfFonts();
        for (const run of toRuns(text, fonts)) {
          const font = fonts.find(({ id }) => id === run.font);
          expect([...run.text].every((character) => font?.has(character.codePointAt(0) ?? 0))).toBe(true);
        }
      }),
    );
  });
});
