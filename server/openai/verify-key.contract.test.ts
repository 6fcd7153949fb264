import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { createProviderClient } from "./client";
import { startLocalProvider } from "./testing/local-provider";
import { verifyAdminKey } from "./verify-key";

const nowSeconds = Date.parse("2026-11-20T12:00:00Z") / 1_000;
let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ now: nowSeconds });
});
afterEach(() => sandbox.control.reset());
afterAll(() => sandbox.close());

const verify = (adminKey: string, baseUrl = sandbox.url, signal?: AbortSignal) =>
  verifyAdminKey(createProviderClient({ adminKey, baseUrl }), { nowSeconds, signal });

const asked = () => sandbox.control.stats.report();

describe("a key that works", () => {
  it("tells organization, projects and abilities by four read calls", async () => {
    expect(await verify("sk-admin-sandbox-acme-readwrite")).toEqual({
      outcome: "ok",
      organization: { id: "org-sandboxacme", name: "Acme Robotics" },
      projects: { projectCount: 10, isExact: true },
      abilities: { usage: true, costs: true, directory: true, writes: "unknown" },
    });
    expect(asked().total).toBe(4);
    expect(Object.keys(asked().calls).every((call) => call.startsWith("GET "))).toBe(true);
  });

  it("that may only read usage has no directory, and its organization is still known", async () => {
    expect(await verify("sk-admin-sandbox-acme-usage")).toMatchObject({
      outcome: "ok",
      organization: { id: "org-sandboxacme" },
      projects: null,
      abilities: { usage: true, costs: true, directory: false, writes: "unknown" },
    });
  });

  it("that may only read the directory has neither usage nor costs", async () => {
    expect(await verify("sk-admin-sandbox-acme-directory")).toMatchObject({
      outcome: "ok",
      organization: { id: "org-sandboxacme", name: null },
      abilities: { usage: false, costs: false, directory: true },
    });
  });

  it("of an organization without any spend works", async () => {
    const seen = await verify("sk-admin-sandbox-empty");
    expect(seen).toMatchObject({ outcome: "ok", abilities: { usage: true, costs: true, directory: true } });
    expect(seen.outcome === "ok" && seen.organization.id).toMatch(/^org-/);
  });
});

describe("a key that does not", () => {
  it("is told apart by its look, without a call", async () => {
    expect(await verify("hunter2")).toEqual({ outcome: "malformed_key" });
    expect(await verify("sk-proj-sandbox-acme")).toEqual({ outcome: "other_kind", keyKind: "project" });
    expect(await verify("sk-svcacct-abcdef")).toEqual({ outcome: "other_kind", keyKind: "service_account" });
    expect(await verify("sk-abcdefgh")).toEqual({ outcome: "other_kind", keyKind: "user" });
    expect(asked().total).toBe(0);
  });

  it("is invalid when unknown, revoked or expired, at the price of one call", async () => {
    expect(await verify("sk-admin-nobody-knows-me")).toMatchObject({ outcome: "invalid_key", error: { status: 401 } });
    expect(asked().total).toBe(1);
    const found = sandbox.control.organizations.byKey("sk-admin-sandbox-beacon");
    if (found) found.key.isRevoked = true;
    expect(await verify("sk-admin-sandbox-beacon")).toMatchObject({ outcome: "invalid_key" });
  });

  it("is insufficient when it may read nothing", async () => {
    const found = sandbox.control.organizations.byKey("sk-admin-sandbox-beacon");
    if (found) found.key.scopes = [];
    expect(await verify("sk-admin-sandbox-beacon")).toEqual({ outcome: "insufficient" });
  });
});

describe("a provider that does not answer", () => {
  const key = "sk-admin-sandbox-acme-readwrite";

  it("is unreachable, paced or in trouble", async () => {
    expect(await verify(key, "http://127.0.0.1:9/v1")).toMatchObject({ outcome: "unreachable" });
    sandbox.control.faults.set({ resetConnection: { count: 9 } });
    expect(await verify(key)).toMatchObject({ outcome: "unreachable" });
    sandbox.control.faults.set({ status5xx: { count: 9 } });
    expect(await verify(key)).toMatchObject({ outcome: "provider_error", error: { status: 500 } });
    sandbox.control.faults.set({ rate429: { count: 9, retryAfterSeconds: 60 } });
    expect(await verify(key)).toMatchObject({ outcome: "rate_limited", error: { retryAfterMs: 60_000 } });
    sandbox.control.reset();
  });

  it("is another server where the address is wrong", async () => {
    expect(await verify(key, sandbox.origin)).toMatchObject({ outcome: "wrong_address", error: { status: 404 } });
    const elsewhere = await startLocalProvider((_, response) => {
      response.writeHead(308, { location: sandbox.url }).end();
    });
    expect(await verify(key, elsewhere.url)).toMatchObject({ outcome: "wrong_address", error: { status: 308 } });
    expect(elsewhere.received).toHaveLength(1);
    await elsewhere.close();
  });

  it("is left alone when the caller gives up", async () => {
    sandbox.control.faults.set({ latencyMs: 5_000 });
    const outcome = verify(key, sandbox.url, AbortSignal.timeout(50));
    await expect(outcome).rejects.toMatchObject({ kind: "cancelled" });
  });
});
