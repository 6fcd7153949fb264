import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { createProviderClient } from "./client";
import { createLimiter } from "./pacing";
import { readCosts } from "./pages";
import type { CostRow } from "./rows";
import { collectBuckets } from "./testing/collect-buckets";
import { atOnce, startLocalProvider } from "./testing/local-provider";

const day = 86_400;
const amount = (value: string) => ({ amount: { value, currency: "usd" } });
const bucket = (index: number, value = "1") =>
  JSON.stringify({ start_time: index * day, end_time: (index + 1) * day, results: [amount(value)] });
const page = (buckets: string[], rest = '"has_more":false,"next_page":null') => `{"data":[${buckets.join()}],${rest}}`;
const query = { startTime: 0, endTime: 4 * day, limit: 4, groupBy: [] };

let provider: Awaited<ReturnType<typeof startLocalProvider>> | undefined;
afterEach(() => provider?.close());

/** A client of a provider that answers the calls in turn. */
async function clientOf(answers: ((response: ServerResponse) => void)[]) {
  let call = 0;
  provider = await startLocalProvider((_received, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    answers[call++]?.(response);
  });
  const retry = { ...atOnce, attempts: 3 };
  return createProviderClient({ adminKey: "sk-admin-x", baseUrl: provider.url, timeoutMs: 800, retry });
}

const startTimes = (buckets: { startTime: number }[]) => buckets.map(({ startTime }) => startTime / day);

describe("a page", () => {
  it("is taken while it arrives: its end is not sent before its beginning was taken", async () => {
    const taken = Promise.withResolvers<void>();
    const client = await clientOf([
      (response) => {
        response.write(`{"data":[${bucket(0)},`);
        void taken.promise.then(() => response.end(`${bucket(1)}],"has_more":false}`));
      },
    ]);
    const seen: number[] = [];
    await readCosts(client, query, {
      restart: () => {},
      keep: () => {},
      take: ({ startTime }) => {
        seen.push(startTime / day);
        taken.resolve();
      },
    });
    expect(seen).toEqual([0, 1]);
  });

  it("waits for what is done with each bucket", async () => {
    const client = await clientOf([(response) => response.end(page([bucket(0), bucket(1), bucket(2)]))]);
    let underWay = 0;
    let most = 0;
    await readCosts(client, query, {
      restart: () => {},
      keep: () => {},
      take: async () => {
        most = Math.max(most, ++underWay);
        await new Promise((resolve) => setImmediate(resolve));
        underWay--;
      },
    });
    expect(most).toBe(1);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ["breaks off", (response) => response.write(`{"data":[${bucket(0)},`, () => response.destroy())],
    ["falls silent", (response) => response.write(`{"data":[${bucket(0)},`)],
    ["ends too early", (response) => response.end(`{"data":[${bucket(0)}`)],
    ["promises more without a cursor", (response) => response.end(page([bucket(0)], '"has_more":true'))],
    ["holds what is no bucket", (response) => response.end(page([bucket(0), "null"]))],
    ["has no list", (response) => response.end('{"has_more":false}')],
  ])("that %s is asked for again from its beginning", async (_name, fault) => {
    const client = await clientOf([
      (response) => response.end(page([bucket(0)], '"has_more":true,"next_page":"second"')),
      fault,
      (response) => response.end(page([bucket(1), bucket(2)])),
    ]);
    const buckets = await collectBuckets<CostRow>((sink) => readCosts(client, query, sink));
    expect(startTimes(buckets)).toEqual([0, 1, 2]);
    const cursors = provider?.received.map(({ url }) => url.searchParams.get("page"));
    expect(cursors).toEqual([null, "second", "second"]);
  });

  it("may take longer than the time-out, as long as it is never silent for so long", async () => {
    const client = await clientOf([
      async (response) => {
        response.write('{"data":[');
        for (let index = 0; index < 5; index++) {
          await new Promise((resolve) => setTimeout(resolve, 250));
          response.write(`${index ? "," : ""}${bucket(index)}`);
        }
        response.end('],"has_more":false}');
      },
    ]);
    const buckets = await collectBuckets<CostRow>((sink) => readCosts(client, query, sink));
    expect(buckets).toHaveLength(5);
    expect(provider?.received).toHaveLength(1);
  });

  it("whose taker fails is not asked for again, and fails with the taker's own error", async () => {
    const client = await clientOf([(response) => response.end(page([bucket(0)]))]);
    const failure = new Error("the database is away");
    const take = () => Promise.reject(failure);
    await expect(readCosts(client, query, { restart: () => {}, keep: () => {}, take })).rejects.toBe(failure);
    expect(provider?.received).toHaveLength(1);
  });

  it("that is understood slowly does not hold up the next call", async () => {
    const isAsked = Promise.withResolvers<void>();
    provider = await startLocalProvider((received, response) => {
      if (received.url.searchParams.get("start_time") !== "0") isAsked.resolve();
      response.end(page([bucket(0), bucket(1)]));
    });
    const limiter = createLimiter({ concurrency: 1 });
    const client = createProviderClient({ adminKey: "sk-admin-x", baseUrl: provider.url, limiter });
    const taken: number[] = [];
    const slow = readCosts(client, query, {
      restart: () => {},
      keep: () => {},
      take: async ({ startTime }) => {
        await isAsked.promise;
        taken.push(startTime / day);
      },
    });
    await collectBuckets<CostRow>((sink) => readCosts(client, { ...query, startTime: day }, sink));
    await slow;
    expect(taken).toEqual([0, 1]);
  });

  it("that is cancelled while it is understood fails at once", async () => {
    const controller = new AbortController();
    const client = await clientOf([(response) => response.end(page([bucket(0)]))]);
    const take = () => {
      setTimeout(() => controller.abort(), 30);
      return new Promise<void>(() => {});
    };
    const reading = readCosts(
      client,
      query,
      { restart: () => {}, keep: () => {}, take },
      { signal: controller.signal },
    );
    await expect(reading).rejects.toMatchObject({ kind: "cancelled" });
  });
});
