import { describe, expect, it } from "vitest";
import en from "@/messages/en.json";
import ko from "@/messages/ko.json";

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ""): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

/** The arguments a message takes: "{count, plural, ...}" and "{name}" alike, and tags; not the words of a branch. */
function argumentsOf(message: string): string[] {
  const found = message.matchAll(/(?<!(?:zero|one|two|few|many|other|=\d+)\s*)\{\s*([a-zA-Z]\w*)\s*[,}]|<([a-z]\w*)>/g);
  return [...new Set([...found].map((match) => match[1] ?? `<${match[2]}>`))].sort();
}

describe("English and Korean", () => {
  const english = flatten(en);
  const korean = flatten(ko);

  it("have the same messages", () => {
    expect([...korean.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("take the same arguments", () => {
    const differing = [...english].filter(
      ([key, message]) => argumentsOf(message).join() !== argumentsOf(korean.get(key) ?? message).join(),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });
});
