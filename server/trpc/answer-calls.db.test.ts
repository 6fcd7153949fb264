import { beforeAll, describe, expect, it } from "vitest";
import type { SessionUser } from "@/server/auth/sessions";
import { useTestDatabase } from "@/server/testing/database";
import { makeMember, makeOrg, type TestOrg } from "@/server/testing/factories";
import { noClient } from "@/server/lib/client-info";
import { answerCalls } from "@/server/trpc/answer-calls";
import { appRouter } from "@/server/trpc/root";

const database = useTestDatabase();
let org: TestOrg;
beforeAll(async () => {
  org = await makeOrg();
});

const ask = (user: SessionUser | null, pathAndQuery: string, init?: RequestInit) =>
  answerCalls(new Request(`http://app/api/trpc/${pathAndQuery}`, init), {
    findUser: async () => user,
    requestId: "test",
    client: noClient,
  });

const repeated = (path: string, times: number) => Array.from({ length: times }, () => path).join(",");

describe("a batch", () => {
  const post = (paths: string, inputs: unknown[]) => {
    const body = JSON.stringify(Object.fromEntries(inputs.map((json, i) => [i, { json }])));
    return ask(null, `${paths}?batch=1`, { method: "POST", headers: { "content-type": "application/json" }, body });
  };
  const account = (i: number) => ({ email: `batch${i}@example.com`, name: "Eve", password: "long enough for all" });
  const accounts = async () =>
    (await database.owner.query("select count(*)::int as n from users where email like 'batch%'")).rows[0].n;

  it("of twenty calls is answered, a larger one is not", async () => {
    expect((await ask(org.owner, `${repeated("auth.me", 20)}?batch=1`)).status).toBe(200);
    expect((await ask(org.owner, `${repeated("auth.me", 21)}?batch=1`)).status).toBe(400);
  });

  it("makes no accounts: signing up is asked for alone", async () => {
    expect((await post(repeated("auth.signUp", 2), [account(1), account(2)])).status).toBe(400);
    expect((await post("auth.signUp,orgs.create", [account(1), { name: "x" }])).status).toBe(400);
    expect(await accounts()).toBe(0);
    expect((await post("auth.signUp", [account(1)])).status).toBe(200);
    expect(await accounts()).toBe(1);
  });
});

describe("the stream of progress", () => {
  const input = () => encodeURIComponent(JSON.stringify({ json: { org: org.slug } }));
  const watch = (user: SessionUser | null) => ask(user, `sync.progress?input=${input()}`);

  it("ends within a minute, and is not opened again for somebody who was removed or signed out", async () => {
    const { sse } = appRouter._def._config;
    if (!sse?.maxDurationMs) throw new Error("it would never end");
    expect(sse.maxDurationMs).toBeLessThanOrEqual(60_000);
    sse.maxDurationMs = 300;
    const member = await makeMember(org, "reader");
    const stream = await watch(member);
    expect(stream.status).toBe(200);
    await database.owner.query("delete from memberships where user_id = $1", [member.id]);
    const events = await stream.text();
    expect(events).toContain("event: connected");
    // Told that this was all, the browser would not ask again.
    expect(events).not.toContain("event: return");
    // A browser cannot read the status of a stream, so the refusal is its only event.
    for (const [user, code] of [
      [member, "NOT_FOUND"],
      [null, "UNAUTHORIZED"],
    ] as const) {
      const refusal = await (await watch(user)).text();
      expect(refusal).toMatch(new RegExp(`event: serialized-error\ndata: .*"code":"${code}"`));
      expect(refusal).not.toContain('"windowsDone"');
    }
  });
});
