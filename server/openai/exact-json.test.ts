import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toDecimalText } from "./decimal-text";
import { parseExactJson } from "./exact-json";

const parseAmount = (literal: string, space = "") => {
  const body = `{"data":[{"amount":${space}{"value":${space}${literal},"currency":"usd"}}]}`;
  return (parseExactJson(body) as { data: [{ amount: { value: unknown } }] }).data[0].amount.value;
};

describe("amounts in JSON", () => {
  it.each([
    "0.1234567890123456789012345",
    "12345678901234567890",
    "-0.00158985000000000000001",
    "0.30000000000000004",
    "9007199254740993",
    "99999999999999.99",
  ])("%s keeps every digit", (literal) => expect(toDecimalText(parseAmount(literal))).toBe(literal));

  it("reads exponents as written, beyond what a double can hold", () => {
    expect(toDecimalText(parseAmount("1e-7"))).toBe("0.0000001");
    expect(toDecimalText(parseAmount("1.25E+2", " "))).toBe("125");
    expect(toDecimalText(parseAmount("1e-330"))).toMatch(/^0\.0+1$/);
    expect(toDecimalText(parseAmount("-5e-324", "\n "))).toMatch(/^-0\.0+5$/);
  });

  it("keeps any literal exactly, on both ways of parsing", () => {
    const literal = fc
      .tuple(fc.boolean(), fc.stringMatching(/^(0|[1-9]\d{0,19})$/), fc.stringMatching(/^\d{0,25}$/))
      .map(([isNegative, whole, fraction]) => `${isNegative ? "-" : ""}${whole}${fraction && `.${fraction}`}`);
    fc.assert(
      fc.property(literal, fc.constantFrom("", " ", "\t\n"), (text, space) => {
        expect(toDecimalText(parseAmount(text, space))).toBe(toDecimalText(text));
      }),
      { numRuns: 1_000 },
    );
  });

  it("takes the fast way for texts, short numbers and words that look like exponents", () => {
    const body = {
      value: "0.12345678901234567890",
      count: 123456789012345,
      name: "gpt, embeddings: e1",
      list: [1.5, -2],
    };
    expect(parseExactJson(JSON.stringify(body))).toStrictEqual(body);
  });

  it("leaves everything else as JSON.parse does", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: true }), (value) => {
        const text = JSON.stringify(value);
        const asNumbers = (_key: string, item: unknown) => (typeof item === "number" ? String(item) : item);
        const normal = (parsed: unknown) =>
          JSON.stringify(parsed, (_key, item) =>
            typeof item === "string" && item !== "" && !Number.isNaN(Number(item))
              ? String(Number(item))
              : asNumbers("", item),
          );
        expect(normal(parseExactJson(text))).toBe(normal(JSON.parse(text)));
      }),
    );
  });

  it("fails on a body that was cut", () => {
    expect(() => parseExactJson('{"data":[{"amount":{"value":0.12345678901234567')).toThrow(SyntaxError);
    expect(() => parseExactJson('{"data":[')).toThrow(SyntaxError);
  });
});
