import fs from "node:fs";
import type messages from "@/messages/en.json";

type Words = typeof messages;
type Tree = { [key: string]: string | Tree };

const read = (locale: "en" | "ko"): Words =>
  JSON.parse(fs.readFileSync(new URL(`../../messages/${locale}.json`, import.meta.url), "utf8"));

/** The product's own sentences, for tests about which of them is said. */
export const english = read("en");
export const korean = read("ko");

/** @returns every sentence under its full name: "auth.signIn" */
export const sentences = (words: Words): Map<string, string> => new Map(flatten(words));

const flatten = (tree: Tree, path = ""): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[path + key, value] as [string, string]] : flatten(value, `${path}${key}.`),
  );
