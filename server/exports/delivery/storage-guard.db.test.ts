import { PassThrough } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { deliverToStorage } from "@/server/exports/delivery/to-storage";
import { judgeFailure } from "@/server/exports/schedules/judge-failure";
import { useTestDatabase } from "@/server/testing/database";
import { type StandInStorage, startStorage } from "@/server/testing/storage";

const credentials = { accessKeyId: "AKTEST", secretAccessKey: "secret", region: "eu-central-1" };
useTestDatabase();
let storage: StandInStorage;
beforeAll(async () => {
  storage = await startStorage(credentials, ["reports"]);
});
afterAll(() => storage.close());

it.each([["http"], ["https"]])("an address of the installation's own network is not reached by %s", async (scheme) => {
  const stream = new PassThrough();
  stream.end("secret figures");
  const { accessKeyId, secretAccessKey, region } = credentials;
  const endpoint = storage.url.replace("http", scheme);
  const target = {
    kind: "s3",
    endpoint,
    region,
    bucket: "reports",
    prefix: "",
    accessKeyId,
    isPathStyle: true,
  } as const;
  const started = { stream, fileName: "costs.csv", mediaType: "text/csv", manifest: new Promise<never>(() => {}) };
  const failure = await deliverToStorage(started, { target, secretAccessKey }).catch((error: unknown) => error);
  expect(judgeFailure(failure)).toEqual({ code: "address_refused", isLasting: true });
  expect(storage.files.size).toBe(0);
  expect(stream.destroyed).toBe(true);
});
