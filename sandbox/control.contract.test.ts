import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, startSandbox } from "./server";
import { testNow } from "./testing/client";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: testNow, historyDays: 5 });
});
afterAll(() => sandbox.close());

const send = (method: string, path: string, headers: Record<string, string>) =>
  fetch(`${sandbox.origin}/control/${path}`, { method, headers, ...(method === "POST" ? { body: "{}" } : {}) });

describe("control", () => {
  it.each([
    ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["another port of this machine", { "sec-fetch-site": "same-site", origin: "http://127.0.0.1:3000" }],
    ["another site in an older browser", { origin: "https://evil.example", "content-type": "text/plain" }],
    ["a frame without an origin", { origin: "null" }],
  ])("refuses what a page of %s sends", async (_where, headers) => {
    expect((await send("POST", "reset", headers)).status).toBe(403);
    expect((await send("DELETE", "faults", headers)).status).toBe(403);
  });

  it("takes what programs and its own pages send", async () => {
    expect((await send("POST", "reset", {})).status).toBe(200);
    expect((await send("POST", "reset", { origin: sandbox.origin })).status).toBe(200);
    expect((await send("POST", "reset", { "sec-fetch-site": "same-origin", origin: sandbox.origin })).status).toBe(200);
  });
});
