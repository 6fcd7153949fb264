import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ListScanner } from "./list-scanner";

/** What the scanner makes of a document that arrives in pieces of `size` bytes. */
function scan(document: string, size = Number.POSITIVE_INFINITY) {
  const scanner = new ListScanner("data");
  const bytes = Buffer.from(document);
  const elements: string[] = [];
  for (let at = 0; at < bytes.length; at += size) elements.push(...scanner.push(bytes.subarray(at, at + size)));
  return { elements, frame: scanner.frame() };
}

describe("a list in a document", () => {
  it("comes element by element, as soon as each is complete", () => {
    const scanner = new ListScanner("data");
    const push = (text: string) => scanner.push(Buffer.from(text));
    expect(push('{"object": "page", "data": [{"a": [1, {"b": 2}]}, {"a"')).toEqual(['{"a": [1, {"b": 2}]}']);
    expect(push(": 3}, {}")).toEqual(['{"a": 3}', "{}"]);
    expect(push('], "next_page": null}')).toEqual([]);
    expect(scanner.frame()).toBe('{"object": "page", "data": [0, 0, 0], "next_page": null}');
  });

  it("is the field's of the outermost object, and nobody else's", () => {
    const document = '{"meta":{"data":[{"no":1}]},"other":[{"no":2}],"data":[{"yes":"\\"data\\":["}],"more":[[3]]}';
    const { elements, frame } = scan(document);
    expect(elements).toEqual(['{"yes":"\\"data\\":["}']);
    expect(frame).toBe(document.replace(/\{"yes".*?\}/, "0"));
  });

  it("is the same however the document is cut into chunks, brackets, quotes and long characters in texts included", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('"', "\\", '\\"]}', "[{", "한국어", "😀", '"data":['));
    // V8's JSON.parse reads the key "\"" as a backslash where it has just read that key in a like object.
    const key = text.filter((one) => !one.endsWith("\\"));
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(key, tie("value"), { maxKeys: 3 }),
      ),
    })).value;
    const element = fc.oneof(fc.dictionary(key, value, { maxKeys: 4 }), fc.array(value, { maxLength: 3 }));
    fc.assert(
      fc.property(
        fc.array(element, { maxLength: 5 }),
        fc.dictionary(key, value, { maxKeys: 3 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(undefined, 2),
        (data, others, size, indent) => {
          const { elements, frame } = scan(JSON.stringify({ before: others, data, after: others }, null, indent), size);
          expect(elements.map((one) => JSON.parse(one))).toEqual(JSON.parse(JSON.stringify(data)));
          expect(JSON.parse(frame)).toEqual(
            JSON.parse(JSON.stringify({ before: others, data: data.map(() => 0), after: others })),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ["cut in an element", '{"data":[{"a":1},{"b'],
    ["cut between elements", '{"data":[{"a":1},'],
    ["without its comma", '{"data":[{"a":1}{"b":2}]}'],
    ["followed by something", '{"data":[]}]'],
  ])("leaves a frame that is no JSON when it is %s", (_name, document) => {
    const { frame } = scan(document);
    expect(() => JSON.parse(frame)).toThrow(SyntaxError);
  });
});
