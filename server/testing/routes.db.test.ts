import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { can, type Permission, rolePermissions } from "@/server/auth/permissions";
import { useTestDatabase } from "@/server/testing/database";
import { Browser, ORIGIN } from "@/server/testing/browser";
import { makeMember, makeOrg, makeUser, PASSWORD, type TestOrg } from "@/server/testing/factories";
import { appRouter } from "@/server/trpc/root";

// Every route handler there is, called as Next calls it, with the cookies of real sessions: which count and which do not.

const asked = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock("next/headers", () => ({ headers: async () => asked.headers, cookies: async () => new Map() }));

const database = useTestDatabase({ AUTH_URL: ORIGIN, AUTH_TRUST_HOST: "true" });
Object.assign(globalThis, { [Symbol.for("tollkeeper.client-address")]: true });

type OrgRoute = { method: "GET" | "POST"; permission: Permission; query?: string; body?: string };

/** Below /api/orgs/[org], with what would be accepted: so that what refuses is the guard. */
const orgRoutes: Record<string, OrgRoute> = {
  audit: { method: "GET", permission: "audit:read", query: "format=csv" },
  chargeback: { method: "GET", permission: "usage:read", query: "month=2026-10&format=csv" },
  export: { method: "GET", permission: "org:delete" },
  exports: { method: "GET", permission: "usage:read", query: "from=2026-10-01&to=2026-10-02" },
  imports: { method: "POST", permission: "imports:write", query: "name=costs.csv", body: "no costs at all" },
};

/** Whose walk is elsewhere, or that everybody may call: a decision that this list makes visible. */
const others: Record<string, { methods: string[]; why: string }> = {
  "auth/[...nextauth]": { methods: ["GET", "POST"], why: "signing in: server/auth/next-auth.db.test.ts" },
  health: { methods: ["GET"], why: "says nothing but that the process lives, and its version" },
  "health/ready": { methods: ["GET"], why: "says nothing but whether the database answers" },
  "trpc/[trpc]": { methods: ["GET", "POST"], why: "below, and procedures.db.test.ts" },
  "v1/[...path]": { methods: ["GET", "POST"], why: "API tokens, no sessions: server/rest/rest.db.test.ts" },
};

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
const load = async (path: string): Promise<Record<string, Handler>> => {
  const file = fileURLToPath(new URL(`../../app/api/${path}/route.ts`, import.meta.url));
  return import(/* @vite-ignore */ file);
};
const methodsOf = (module: object) => Object.keys(module).filter((name) => /^[A-Z]+$/.test(name));

const files = fs.globSync("app/api/**/route.{ts,tsx,js}").map((file) => file.replace(/^app\/api\/|\/route\.\w+$/g, ""));

let org: TestOrg;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  org = await makeOrg();
  const foreign = await makeOrg("Foreign");
  const removed = await makeMember(org, "admin");
  cookies.nobody = "";
  cookies.owner = await signIn(org.owner);
  cookies.foreign = await signIn(foreign.owner);
  cookies.removed = await signIn(removed);
  for (const role of ["admin", "reader"] as const) cookies[role] = await signIn(await makeMember(org, role));
  cookies.forged = "__Secure-authjs.session-token=eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2Q0JDLUhTNTEyIn0..forged";
  for (const [end, change] of Object.entries({
    expired: "expires_at = now()",
    idle: "last_seen_at = now() - interval '15 days'",
    revoked: "revoked_at = now()",
  })) {
    cookies[end] = await signIn(org.owner);
    const { rowCount } = await database.owner.query(
      `update user_sessions set ${change} where id = (select id from user_sessions order by created_at desc limit 1)`,
    );
    expect(rowCount).toBe(1);
  }
  await database.owner.query("delete from memberships where user_id = $1", [removed.id]);
});
beforeEach(() => database.owner.query("truncate throttle_hits"));

/** @returns the cookies that a browser keeps of it */
async function signIn({ email }: Awaited<ReturnType<typeof makeUser>>): Promise<string> {
  const browser = new Browser();
  expect(await browser.signIn({ email, password: PASSWORD })).toMatchObject({ status: 200, code: null });
  return [...browser.cookies].map((pair) => pair.join("=")).join("; ");
}

/** As Next has it: the handlers read the request, and signing in reads its headers. */
async function send(handle: Handler | undefined, request: Request, params: Record<string, string>) {
  asked.headers = request.headers;
  const response = await (handle as Handler)(request, { params: Promise.resolve(params) });
  return { status: response.status, text: await response.text() };
}

async function callOrgRoute(name: string, cookie: string, { slug = org.slug, headers = {} } = {}) {
  const { method, query = "", body } = orgRoutes[name] as OrgRoute;
  const request = new Request(`${ORIGIN}/api/orgs/${slug}/${name}?${query}`, {
    method,
    headers: { cookie, "sec-fetch-site": "same-origin", ...headers },
    body,
  });
  return send((await load(`orgs/[org]/${name}`))[method], request, { org: slug });
}

it("there is no route handler, and no method of one, that is not listed here", async () => {
  const listed = [...Object.keys(others), ...Object.keys(orgRoutes).map((name) => `orgs/[org]/${name}`)];
  expect(files.toSorted()).toEqual(listed.toSorted());
  for (const [path, { methods }] of Object.entries(others)) expect(methodsOf(await load(path)), path).toEqual(methods);
  for (const [name, { method }] of Object.entries(orgRoutes))
    expect(methodsOf(await load(`orgs/[org]/${name}`)), name).toEqual([method]);
});

describe.each(Object.keys(orgRoutes))("/api/orgs/[org]/%s", (name) => {
  it.each(["nobody", "forged", "expired", "idle", "revoked"])(
    "is closed without a session that counts: %s",
    async (who) => {
      const { status, text } = await callOrgRoute(name, cookies[who] ?? "");
      expect([status, JSON.parse(text).error.reason]).toEqual([401, "signed_out"]);
    },
  );

  it.each(["foreign", "removed"])("answers who is no member as if there were no such organization: %s", async (who) => {
    const withoutId = ({ status, text }: { status: number; text: string }) => {
      const { requestId: _id, ...error } = JSON.parse(text).error;
      return { status, error };
    };
    const answer = withoutId(await callOrgRoute(name, cookies[who] ?? ""));
    expect(answer).toEqual(withoutId(await callOrgRoute(name, cookies[who] ?? "", { slug: "no-such-org" })));
    expect(answer.status).toBe(404);
  });

  const roles = Object.keys(rolePermissions) as (keyof typeof rolePermissions)[];
  it.each(roles)("answers by the table of permissions: %s", async (role) => {
    const isAllowed = can(role, (orgRoutes[name] as OrgRoute).permission);
    const { status, text } = await callOrgRoute(name, cookies[role] ?? "");
    expect(status, text).toBe(isAllowed ? 200 : 403);
    if (!isAllowed) expect(JSON.parse(text).error.reason).toBe("role_lacks_permission");
  });

  it("has nothing for an organization that cannot be called so", async () => {
    expect((await callOrgRoute(name, cookies.owner ?? "", { slug: "a\u0000" })).status).toBe(400);
  });

  it.each([{ "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "", origin: "https://evil.example" }])(
    "is closed to pages of other sites: %j",
    async (headers) => {
      const { status, text } = await callOrgRoute(name, cookies.owner ?? "", { headers });
      expect([status, JSON.parse(text).error.reason]).toEqual([403, "cross_origin"]);
    },
  );
});

describe("every procedure, over HTTP", () => {
  type Procedure = { _def: { type: "query" | "mutation" | "subscription"; meta?: { access: string } } };
  const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>).filter(
    ([, { _def }]) => _def.meta?.access !== "public",
  );

  async function callProcedure(path: string, { _def: { type } }: Procedure, cookie: string) {
    const isGet = type !== "mutation";
    const input = JSON.stringify({ json: { org: org.slug } });
    const request = new Request(`${ORIGIN}/api/trpc/${path}${isGet ? `?input=${encodeURIComponent(input)}` : ""}`, {
      method: isGet ? "GET" : "POST",
      headers: { cookie, "content-type": "application/json", "sec-fetch-site": "same-origin" },
      body: isGet ? null : input,
    });
    return send((await load("trpc/[trpc]"))[request.method], request, { trpc: path });
  }

  it.each(procedures)("%s is closed without a session that counts", async (path, procedure) => {
    for (const who of ["nobody", "forged", "expired", "idle", "revoked"]) {
      const { status, text } = await callProcedure(path, procedure, cookies[who] ?? "");
      expect(text, who).toContain('"reason":"signed_out"');
      // A stream begins before it is known what will be in it.
      if (procedure._def.type === "subscription")
        expect(eventsIn(text), who).toEqual(["connected", "serialized-error"]);
      else expect(status, who).toBe(401);
    }
  });

  const eventsIn = (text: string) => [...text.matchAll(/^event: (.+)$/gm)].map(([, name]) => name);

  it("and open with one that does: the walk would find an open door", async () => {
    const me = procedures.find(([path]) => path === "auth.me") as [string, Procedure];
    expect(await callProcedure(...me, cookies.owner ?? "")).toMatchObject({ status: 200 });
  });
});
