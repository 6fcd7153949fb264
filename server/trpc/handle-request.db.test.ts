import { expect, it, vi } from "vitest";
import { useTestDatabase } from "@/server/testing/database";
import { handleTrpcRequest } from "@/server/trpc/handle-request";

vi.mock("server-only", () => ({}));
vi.mock("@/server/auth/session", () => ({ currentUser: async () => null }));

// What reaches the API over HTTP before any procedure does.

useTestDatabase();

const link = { email: "nobody@example.com" };

const post = (headers: Record<string, string>, body: string = JSON.stringify({ json: link })) =>
  handleTrpcRequest(
    new Request("https://tollkeeper.example/api/trpc/auth.requestMagicLink", {
      method: "POST",
      headers: { host: "tollkeeper.example", "content-type": "application/json", ...headers },
      body,
    }),
  );

const reasonOf = async (response: Response) => {
  const { error } = (await response.json()) as { error: { json: { data: { reason: string } } } };
  return [response.status, error.json.data.reason];
};

it.each([
  ["another site", { "sec-fetch-site": "cross-site" }],
  ["a sibling domain", { "sec-fetch-site": "same-site" }],
  ["another origin, by an older browser", { origin: "https://attacker.example" }],
  ["a page without origin", { origin: "null" }],
])("a change asked for by %s is refused", async (_, headers) => {
  expect(await reasonOf(await post(headers))).toEqual([403, "cross_origin"]);
});

it("a change asked for by our own page reaches its procedure", async () => {
  expect((await post({ "sec-fetch-site": "same-origin" })).status).toBe(200);
});

it("a link cannot change anything: what changes is not done by GET", async () => {
  const input = encodeURIComponent(JSON.stringify({ json: link }));
  const url = `https://tollkeeper.example/api/trpc/auth.requestMagicLink?input=${input}`;
  expect((await handleTrpcRequest(new Request(url))).status).toBe(405);
});

it("the head of an answer is none of a change: nothing is read or done", async () => {
  const url = "https://tollkeeper.example/api/trpc/auth.requestMagicLink";
  const response = await handleTrpcRequest(new Request(url, { method: "HEAD" }));
  expect([response.status, await response.text()]).toEqual([204, ""]);
});

it("a text that no database keeps is refused, and no fault of ours", async () => {
  const hint = encodeURIComponent(JSON.stringify({ json: { hint: "a\u0000b" } }));
  const answer = await handleTrpcRequest(new Request(`https://tollkeeper.example/api/trpc/auth.findSso?input=${hint}`));
  expect(await reasonOf(answer)).toEqual([400, "invalid_input"]);
});

it("a body without end is refused before it is read to its end", async () => {
  expect(await reasonOf(await post({}, `"${"x".repeat(2 * 1024 * 1024)}"`))).toEqual([413, "payload_too_large"]);
});

it("what was not understood is told without the inside", async () => {
  const text = await (await post({}, "{ not JSON")).text();
  expect(text).not.toMatch(/\bat .*:\d+:\d+|node_modules/);
});
