import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import en from "@/messages/en.json";
import ko from "@/messages/ko.json";
import { keyRefusals } from "@/server/connections/schema";
import { streamsOf } from "@/server/sync/streams";

const sourceFiles = readdirSync("server", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .map((file) => readFileSync(join("server", file), "utf8"));

/** Every reason an error of ours is made with, read from the source. */
const reasons = new Set(
  sourceFiles.flatMap((source) =>
    [...source.matchAll(/new AppError\(\s*"\w+",\s*"(\w+)"/g)].map(([, reason]) => reason),
  ),
);

/** The kinds of provider errors that a run or a stream is marked with. */
const faultCodes = ["auth", "permission", "rate_limit", "quota", "bad_request", "transient", "cancelled", "internal"];

describe.each([
  ["en", en],
  ["ko", ko],
])("the %s messages", (_, messages) => {
  it("have a sentence for every refusal of a key", () => {
    expect(keyRefusals.filter((reason) => !(reason in messages.connections.refusal))).toEqual([]);
  });

  it("have a sentence for every reason an error is made with", () => {
    const known = { ...messages.errors.reason, ...messages.connections.refusal };
    expect(reasons.size).toBeGreaterThan(5);
    expect([...reasons].filter((reason) => reason && !(reason in known))).toEqual([]);
  });

  it("have a name for every list that is kept in step", () => {
    const names = streamsOf("backfill").map(({ name }) => name.replaceAll(".", "_"));
    expect(names.filter((name) => !(name in messages.sync.stream))).toEqual([]);
  });

  it("have a sentence for every way a list can fail", () => {
    expect(faultCodes.filter((code) => !(code in messages.sync.error))).toEqual([]);
  });
});
