import { describe, expect, it } from "vitest";
import en from "@/messages/en.json";
import ko from "@/messages/ko.json";

type Tree = { [key: string]: string | Tree };

const flatten = (tree: Tree, path = ""): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${path}${key}`, value] as [string, string]] : flatten(value, `${path}${key}.`),
  );

const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)(?=\s*[,}])/g), ...text.matchAll(/<(\w+)>/g)].map(([, name]) => name))].sort();

const english = new Map(flatten(en));
const korean = new Map(flatten(ko));

describe("message files", () => {
  it("hold the same keys in every language", () => {
    expect([...korean.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("leave no sentence empty", () => {
    expect([...english, ...korean].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("take the same values in every language", () => {
    const variables = (value = "") => placeholders(value.replaceAll(/(?:one|other|zero|=\d+) \{/g, "("));
    const different = [...english].filter(([key, text]) => `${variables(korean.get(key))}` !== `${variables(text)}`);
    expect(different.map(([key]) => key)).toEqual([]);
  });
});
