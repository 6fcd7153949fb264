import fs from "node:fs";
import type messages from "@/messages/en.json";

type Words = typeof messages;

const read = (locale: "en" | "ko"): Words =>
  JSON.parse(fs.readFileSync(new URL(`../../messages/${locale}.json`, import.meta.url), "utf8"));

/** The product's own sentences, for tests about which of them is said. */
export const english = read("en");
export const korean = read("ko");
