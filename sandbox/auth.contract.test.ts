import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, startSandbox } from "./server";
import { at, call, control, keys, testNow } from "./testing/client";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: testNow });
});
afterAll(() => sandbox.close());

const costs = `/organization/costs?start_time=${at("2026-11-19T00:00:00Z")}`;
const directory = "/organization/projects";

describe("keys", () => {
  it.each([
    ["readWrite", 200, 200, 200],
    ["readOnly", 200, 200, 403],
    ["usage", 200, 403, 403],
    ["directory", 403, 200, 403],
    ["project", 403, 403, 403],
  ] as const)("%s: costs %i, directory %i, writing %i", async (name, onCosts, onDirectory, onWrite) => {
    const key = keys[name];
    expect((await call(sandbox, costs, { key })).status).toBe(onCosts);
    expect((await call(sandbox, directory, { key })).status).toBe(onDirectory);
    expect((await call(sandbox, directory, { key, body: { name: `by ${name}` } })).status).toBe(onWrite);
  });

  it("a refusal names the missing scope", async () => {
    const { data } = await call<{ error: { message: string } }>(sandbox, costs, { key: keys.directory });
    expect(data.error.message).toContain("Missing scopes: api.usage.read");
  });

  it("unknown, absent and revoked keys answer 401", async () => {
    const unknown = await call(sandbox, costs, { key: "sk-admin-nobody-knows-this-one" });
    expect(unknown).toMatchObject({
      status: 401,
      data: { error: { code: "invalid_api_key", type: "invalid_request_error", param: null } },
    });
    expect(JSON.stringify(unknown.data)).not.toContain("sk-admin-nobody-knows-this-one");
    expect((await fetch(`${sandbox.url}${costs}`)).status).toBe(401);
    await control(sandbox, "keys/revoke", { key: keys.readOnly });
    expect((await call(sandbox, costs, { key: keys.readOnly })).status).toBe(401);
  });

  it("made by the API open the organization until they are deleted or expire", async () => {
    const made = await call<{ id: string; value: string }>(sandbox, "/organization/admin_api_keys", {
      body: { name: "n", expires_in_seconds: 3600 },
    });
    const { id, value } = made.data;
    expect((await call(sandbox, directory, { key: value })).status).toBe(200);
    await control(sandbox, "clock", { advanceSeconds: 3601 });
    expect((await call(sandbox, directory, { key: value })).status).toBe(401);
    expect((await call(sandbox, `/organization/admin_api_keys/${id}`, { method: "DELETE" })).status).toBe(200);
    expect((await call(sandbox, `/organization/admin_api_keys/${id}`)).status).toBe(404);
  });
});

describe("answers", () => {
  it("say whose organization a key opens", async () => {
    for (const [key, id] of [
      [keys.readWrite, "org-sandboxacme"],
      [keys.beacon, "org-sandboxbeacon"],
      [keys.empty, "org-sandboxempty"],
    ] as const) {
      const { headers } = await call(sandbox, directory, { key });
      expect(headers.get("openai-organization")).toBe(id);
      expect(headers.get("x-request-id")).toMatch(/^req_/);
      expect(headers.get("openai-version")).toBe("2020-10-01");
      expect(headers.get("openai-processing-ms")).toMatch(/^\d+$/);
    }
  });

  it("keep organizations apart", async () => {
    const { data } = await call<{ data: { id: string }[] }>(sandbox, directory);
    const id = data.data[0]?.id ?? "";
    expect((await call(sandbox, `${directory}/${id}`)).status).toBe(200);
    expect((await call(sandbox, `${directory}/${id}`, { key: keys.beacon })).status).toBe(404);
  });

  it("to unknown addresses and methods are errors in the provider's shape", async () => {
    expect(await call(sandbox, "/organization/nothing")).toMatchObject({
      status: 404,
      data: { error: { type: "invalid_request_error" } },
    });
    expect((await call(sandbox, "/organization/costs", { method: "DELETE" })).status).toBe(405);
  });
});
