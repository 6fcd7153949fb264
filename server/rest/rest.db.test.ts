import { beforeAll, describe, expect, it, vi } from "vitest";
import { handleRestRequest } from "@/server/rest/handle-rest-request";
import { restRoutes } from "@/server/rest/routes";
import { type TokenScope, tokenScopes } from "@/server/tokens/schema";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";

vi.mock("server-only", () => ({}));

const database = useTestDatabase();
let org: TestOrg;
let other: TestOrg;
let connectionId: string;

beforeAll(async () => {
  org = await makeOrg("Acme");
  other = await makeOrg("Beacon");
  connectionId = await makeConnection(org);
});

const tokenOf = async (owner: TestOrg, scopes: TokenScope[] = [...tokenScopes]) =>
  (await callAs(owner.owner).tokens.create({ org: owner.slug, name: "test", scopes, allowedIps: [], expiresAt: null }))
    .token;

function call(
  route: { method: string; path: string },
  token: string | null,
  query = "from=2026-10-01&to=2026-10-02&month=2026-10",
) {
  const path = route.path.replace("{connectionId}", connectionId).replace("{endpoint}", "completions").slice(1);
  const headers = token === null ? undefined : { authorization: `Bearer ${token}` };
  const request = new Request(`http://localhost/api/v1/${path}?${query}`, { method: route.method, headers });
  return handleRestRequest(request, path.split("/"));
}

const routes = restRoutes.map((route) => [`${route.method} ${route.path}`, route] as const);

describe.each(routes)("%s", (_name, route) => {
  it("is closed without a token, and with one that is unknown, expired or revoked", async () => {
    const expired = await tokenOf(org);
    await database.owner.query("update api_tokens set expires_at = now()");
    const revoked = await tokenOf(org);
    await database.owner.query("update api_tokens set revoked_at = now() where revoked_at is null");
    for (const token of [null, "", "tollkeeper_guess", expired, revoked]) {
      const response = await call(route, token);
      expect(response.status).toBe(401);
      expect((await response.json()).error.reason).toBe("token_refused");
    }
    await database.owner.query("delete from throttle_hits");
  });

  it("is closed to a token without its scope", async () => {
    const others = tokenScopes.filter((scope) => scope !== route.scope);
    expect((await call(route, await tokenOf(org, others))).status).toBe(403);
  });

  it("answers a token with its scope, and another org's token with nothing of this org", async () => {
    const own = await call(route, await tokenOf(org, [route.scope]));
    expect(own.status, await own.clone().text()).toBe(200);
    const foreign = await call(route, await tokenOf(other, [route.scope]));
    if (route.path.includes("{connectionId}")) expect(foreign.status).toBe(404);
    else expect(await foreign.text()).not.toMatch(new RegExp(`${connectionId}|${org.id}|${org.owner.email}`));
  });
});

describe("the REST API", () => {
  it("says what is wrong with parameters", async () => {
    const costs = { method: "GET", path: "/costs" };
    const token = await tokenOf(org);
    for (const query of [
      "",
      "from=2026-10-02&to=2026-10-01",
      "from=x&to=y",
      "from=2026-10-01&to=2026-10-02&group_by=hat",
    ]) {
      const response = await call(costs, token, query);
      expect(response.status, query).toBe(400);
      expect((await response.json()).error.message).not.toBe("");
    }
  });

  it.each([
    ["/explore", "measure=dollars"],
    ["/explore", "group_by=project,model,line_item"],
    ["/explore", "filter=proj_a"],
    ["/explore/why", "measure=requests"],
    ["/forecast", "period=decade"],
    ["/chargeback", "month=2026-13"],
  ])("%s?%s is refused with a sentence", async (path, query) => {
    const range = "from=2026-10-01&to=2026-10-02";
    const response = await call({ method: "GET", path }, await tokenOf(org), `${range}&${query}`);
    expect(response.status).toBe(400);
    expect((await response.json()).error.message).not.toBe("");
  });

  it("answers as the commands do, with the organization's own names", async () => {
    const api = callAs(org.owner).allocation;
    await database.owner.query(
      "insert into directory_items (org_id, connection_id, kind, id, name, data) values ($1, $2, 'project', 'proj_x', 'default', '{}')",
      [org.id, connectionId],
    );
    await api.setAlias({ org: org.slug, kind: "project", itemId: "proj_x", name: "Search" });
    const token = await tokenOf(org);
    const answer = async (path: string, query?: string) => (await call({ method: "GET", path }, token, query)).json();
    const { rows } = await answer("/projects");
    expect(rows).toEqual([
      expect.objectContaining({ project_id: "proj_x", project_name: "Search", provider_name: "default" }),
    ]);
    const question = "from=2026-10-01&to=2026-10-03&measure=requests&group_by=project&granularity=day&filter=model!=x";
    expect(await answer("/explore", question)).toMatchObject({ measure: "requests", group_by: ["project"] });
    expect(await answer("/forecast", "period=quarter")).toMatchObject({ period: "quarter" });
    expect(await answer("/chargeback", "month=2026-10")).toMatchObject({ month: "2026-10", total: null });
  });

  it("knows no other route or method", async () => {
    const token = await tokenOf(org);
    expect((await call({ method: "GET", path: "/nothing" }, token)).status).toBe(404);
    expect((await call({ method: "POST", path: "/costs" }, token)).status).toBe(404);
  });

  it("makes guessing slow, and says for how long to wait", async () => {
    const guess = () => call({ method: "GET", path: "/projects" }, "tollkeeper_guess");
    const statuses = (await Promise.all(Array.from({ length: 40 }, guess))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(30);
    expect(Number((await guess()).headers.get("retry-after"))).toBeGreaterThan(0);
    await database.owner.query("delete from throttle_hits");
  });
});
