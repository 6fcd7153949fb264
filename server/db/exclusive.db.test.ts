import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { exclusively } from "@/server/db/exclusive.sql";
import { useTestDatabase } from "@/server/testing/database";

useTestDatabase();

/** What began and ended, in order. */
async function journal(names: readonly string[]) {
  const steps: string[] = [];
  const work = names.map((name, i) =>
    exclusively(name, async () => {
      steps.push(`begin ${i}`);
      await sleep(100);
      steps.push(`end ${i}`);
    }),
  );
  await Promise.all(work);
  return steps.map((step) => step.split(" ")[0]);
}

it("the same is done by one at a time", async () => {
  expect(await journal(["same", "same", "same"])).toEqual(["begin", "end", "begin", "end", "begin", "end"]);
});

it("different things do not wait for each other", async () => {
  expect(await journal(["one", "other"])).toEqual(["begin", "begin", "end", "end"]);
});

it("a failure makes room for the next one", async () => {
  await expect(exclusively("failing", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await exclusively("failing", async () => "done")).toBe("done");
});
