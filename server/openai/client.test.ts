import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createProviderClient, type ProviderCall, type ProviderClientOptions } from "./client";
import { listProjects } from "./directory";
import { createLimiter } from "./pacing";
import { atOnce, emptyList, type Handler, sendJson, startLocalProvider } from "./testing/local-provider";

const adminKey = "sk-admin-test-0123456789abcdef";
const readProjects = (client: ReturnType<typeof createProviderClient>, signal?: AbortSignal) =>
  client.read((sdk, call) => sdk.admin.organization.projects.list({ limit: 1 }, call), { signal });

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  await close?.();
  close = undefined;
});

async function start(handler: Handler, options: Partial<ProviderClientOptions> = {}) {
  const provider = await startLocalProvider(handler);
  close = provider.close;
  const calls: ProviderCall[] = [];
  const client = createProviderClient({
    adminKey,
    baseUrl: provider.url,
    retry: atOnce,
    onCall: (call) => calls.push(call),
    ...options,
  });
  return { client, calls, ...provider };
}

describe("the environment of this process", () => {
  const hostile = {
    OPENAI_API_KEY: "sk-env-key",
    OPENAI_ADMIN_KEY: "sk-admin-env-key",
    OPENAI_ORG_ID: "org-env",
    OPENAI_PROJECT_ID: "proj_env",
    OPENAI_BASE_URL: "http://127.0.0.1:9/env",
    OPENAI_WEBHOOK_SECRET: "whsec_env",
    OPENAI_LOG: "debug",
    OPENAI_CUSTOM_HEADERS: "Authorization: Bearer sk-env-header\nX-Env: env\nUser-Agent: env\nAccept: text/env",
  };

  beforeEach(() => {
    for (const [name, value] of Object.entries(hostile)) vi.stubEnv(name, value);
  });

  it("reaches neither the address nor the headers nor the log", async () => {
    const printed = (["debug", "info", "log", "warn", "error"] as const).map((level) => vi.spyOn(console, level));
    const { client, received } = await start((_call, response) => sendJson(response, 200, emptyList));
    await readProjects(client);
    expect(received).toHaveLength(1);
    const { headers, url } = received[0] ?? {};
    expect(headers).toMatchObject({
      authorization: `Bearer ${adminKey}`,
      accept: "application/json",
      "user-agent": "Tollkeeper",
    });
    expect(headers).not.toHaveProperty("openai-organization");
    expect(headers).not.toHaveProperty("openai-project");
    expect(JSON.stringify({ headers, url })).not.toMatch(/env/);
    for (const spy of printed) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  it("is not asked for anything but the custom headers, which are thrown away", async () => {
    const asked = new Set<string>();
    const real = process.env;
    process.env = new Proxy(real, {
      get: (target, name) => {
        if (typeof name === "string" && name.startsWith("OPENAI")) asked.add(name);
        return Reflect.get(target, name);
      },
    });
    try {
      const { client } = await start((_call, response) => sendJson(response, 200, emptyList));
      await readProjects(client);
    } finally {
      process.env = real;
    }
    expect([...asked]).toEqual(["OPENAI_CUSTOM_HEADERS"]);
  });
});

describe("the key", () => {
  it("appears in no error, no call record and no print of the client", async () => {
    const { client, calls } = await start((_call, response) =>
      sendJson(response, 401, {
        error: { message: `Incorrect API key provided: ${adminKey}.`, code: "invalid_api_key" },
      }),
    );
    const error = await readProjects(client).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: "auth", status: 401 });
    const shown = [
      inspect(error, { depth: 9 }),
      inspect(calls),
      inspect(client, { depth: 9, showHidden: true }),
      JSON.stringify(client),
    ];
    expect(shown.join()).not.toContain("0123456789");
  });

  it("that cannot stand in a header is refused without being sent or shown", async () => {
    const { client, received } = await start((_call, response) => sendJson(response, 200, emptyList), {
      adminKey: "sk-admin-0123\n456",
    });
    const error = await readProjects(client).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: "auth", code: "malformed_key" });
    expect(inspect(error)).not.toContain("0123");
    expect(received).toHaveLength(0);
  });

  it("does not follow a redirect to somewhere else", async () => {
    const { client, received } = await start((call, response) => {
      response.writeHead(307, { location: `http://${call.headers.host}/elsewhere` }).end();
    });
    await expect(readProjects(client)).rejects.toMatchObject({ kind: "bad_request", status: 307 });
    expect(received).toHaveLength(1);
  });

  it.each(["", "ftp://x/v1", "not a url", "http://user:pw@host/v1", "http://host/v1?x=1"])(
    "is not used with the base URL '%s'",
    (baseUrl) => {
      expect(() => createProviderClient({ adminKey, baseUrl })).toThrow(
        expect.objectContaining({ code: "invalid_base_url" }),
      );
    },
  );
});

describe("trouble on the way", () => {
  const full = JSON.stringify({ ...emptyList, data: [{ id: "proj_1" }] });

  it.each<[string, Handler]>([
    ["a connection that is reset", (_call, response) => response.destroy()],
    [
      "a body that is cut in the middle",
      (_call, response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": String(full.length) });
        response.write(full.slice(0, 20), () => response.destroy());
      },
    ],
    ["JSON that ends too early", (_call, response) => sendJson(response, 200, full.slice(0, 20))],
    ["an empty body", (_call, response) => sendJson(response, 200, "")],
    ["a page of HTML", (_call, response) => response.end("<html></html>")],
    ["a server error", (_call, response) => sendJson(response, 502, "<html>bad gateway</html>")],
    [
      "an error body that is cut",
      (_call, response) => {
        response.writeHead(500, { "content-length": "100" });
        response.write("{", () => response.destroy());
      },
    ],
  ])("%s is retried until it works", async (_name, fault) => {
    let failures = 2;
    const { client, calls } = await start((call, response) =>
      failures-- > 0 ? fault(call, response) : sendJson(response, 200, full),
    );
    await expect(readProjects(client)).resolves.toMatchObject({ data: [{ id: "proj_1" }] });
    expect(calls.map(({ outcome, attempt }) => `${attempt} ${outcome}`)).toEqual([
      "1 transient",
      "2 transient",
      "3 ok",
    ]);
  });

  it("a body that stalls runs into the time-out", async () => {
    const { client } = await start(
      (_call, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.write('{"data":[');
      },
      { timeoutMs: 100, retry: { ...atOnce, attempts: 2 } },
    );
    await expect(readProjects(client)).rejects.toMatchObject({ kind: "transient", code: "timeout" });
  });

  it("a server that never answers runs into the time-out", async () => {
    const { client, received } = await start(() => undefined, { timeoutMs: 100, retry: { ...atOnce, attempts: 2 } });
    await expect(readProjects(client)).rejects.toMatchObject({ kind: "transient", code: "timeout" });
    expect(received).toHaveLength(2);
  });

  it("a server that is not there is a network failure", async () => {
    const { client } = await start(() => undefined, {
      baseUrl: "http://127.0.0.1:9/v1",
      retry: { ...atOnce, attempts: 2 },
    });
    await expect(readProjects(client)).rejects.toMatchObject({ kind: "transient", code: "network", status: null });
  });

  it.each(["of the call", "of the client"])(
    "an abort %s ends it at once, and hangs up on the server",
    async (whose) => {
      const controller = new AbortController();
      const hungUp = Promise.withResolvers<void>();
      const { client } = await start(
        (_call, response) => {
          response.on("close", hungUp.resolve);
          response.writeHead(200, { "content-type": "application/json" });
          response.write("{");
          setTimeout(() => controller.abort(), 30);
        },
        whose === "of the client" ? { signal: controller.signal } : {},
      );
      const startedAt = performance.now();
      const outcome = readProjects(client, whose === "of the call" ? controller.signal : undefined);
      await expect(outcome).rejects.toMatchObject({ kind: "cancelled" });
      await hungUp.promise;
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    },
  );
});

describe("refusals", () => {
  it("a rate limit is waited out as told", async () => {
    let refusals = 1;
    const { client, calls } = await start((_call, response) =>
      refusals-- > 0
        ? sendJson(
            response,
            429,
            { error: { message: "x", type: "requests", code: "rate_limit_exceeded" } },
            { "retry-after-ms": "200" },
          )
        : sendJson(response, 200, emptyList),
    );
    const startedAt = performance.now();
    await readProjects(client);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(195);
    expect(calls.map((call) => call.outcome)).toEqual(["rate_limit", "ok"]);
  });

  it("a rate limit pauses the other clients of the connection as well", async () => {
    const limiter = createLimiter();
    const { client, received, url } = await start(
      (_call, response) =>
        sendJson(response, 429, { error: { message: "x", code: "rate_limit_exceeded" } }, { "retry-after-ms": "300" }),
      { limiter, retry: { attempts: 1 } },
    );
    const other = createProviderClient({ adminKey, baseUrl: url, limiter, retry: { attempts: 1 } });
    await expect(readProjects(client)).rejects.toMatchObject({ kind: "rate_limit", retryAfterMs: 300 });
    const startedAt = performance.now();
    await expect(readProjects(other)).rejects.toMatchObject({ kind: "rate_limit" });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(290);
    expect(received).toHaveLength(2);
  });

  it.each([
    [401, "invalid_api_key", "auth"],
    [403, "missing_scope", "permission"],
    [429, "insufficient_quota", "quota"],
    [400, "invalid_value", "bad_request"],
  ])("%i %s is asked once", async (status, code, kind) => {
    const { client, received } = await start((_call, response) =>
      sendJson(response, status, { error: { message: "No.", code } }),
    );
    await expect(readProjects(client)).rejects.toMatchObject({ kind, code });
    expect(received).toHaveLength(1);
  });
});

describe("lists", () => {
  const names = async (list: AsyncIterable<{ id: string }>) => {
    const ids: string[] = [];
    for await (const item of list) ids.push(item.id);
    return ids;
  };

  it("ask for the next page by the last id, only when the one before was used up", async () => {
    const { client, received } = await start((call, response) => {
      const isSecond = call.url.searchParams.get("after") === "p2";
      const data = isSecond ? [{ id: "p3" }] : [{ id: "p1" }, { id: "p2" }];
      sendJson(response, 200, { data, has_more: !isSecond, last_id: data.at(-1)?.id });
    });
    const list = listProjects(client);
    expect((await list.next()).value).toMatchObject({ id: "p1" });
    expect(received).toHaveLength(1);
    expect(await names(list)).toEqual(["p2", "p3"]);
    expect(received[0]?.url.searchParams.get("include_archived")).toBe("true");
  });

  it("that go round in circles end with an error instead of running for ever", async () => {
    const { client, received } = await start((_call, response) =>
      sendJson(response, 200, { data: [{ id: "p1" }], has_more: true, last_id: "p1" }),
    );
    await expect(names(listProjects(client))).rejects.toMatchObject({ kind: "transient", code: "cursor_loop" });
    expect(received).toHaveLength(2);
  });

  it("that promise more without a cursor are broken, not complete", async () => {
    const { client } = await start((_call, response) => sendJson(response, 200, { data: [], has_more: true }), {
      retry: { ...atOnce, attempts: 2 },
    });
    await expect(names(listProjects(client))).rejects.toMatchObject({ kind: "transient", code: "invalid_body" });
  });
});
