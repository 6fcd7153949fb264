import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, startSandbox } from "./server";
import { call, keys, testNow } from "./testing/client";

let sandbox: RunningSandbox;
let client: OpenAI;
beforeAll(async () => {
  sandbox = await startSandbox({ now: testNow });
  client = new OpenAI({
    adminAPIKey: keys.readWrite,
    apiKey: null,
    organization: null,
    project: null,
    baseURL: sandbox.url,
    maxRetries: 0,
  });
});
afterAll(() => sandbox.close());

async function idsOf(items: AsyncIterable<{ id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const item of items) ids.push(item.id);
  return ids;
}

describe("the official SDK pages through", () => {
  const org = () => sandbox.control.organizations.bySlug("acme");

  it("lists with last_id", async () => {
    const { users, projects, adminAPIKeys } = client.admin.organization;
    expect(await idsOf(users.list({ limit: 4 }))).toEqual(org()?.users.map((user) => user.id));
    expect(await idsOf(projects.list({ limit: 5, include_archived: true }))).toEqual(
      org()?.projects.map((project) => project.id),
    );
    expect((await idsOf(projects.list({ limit: 3 }))).length).toBe((org()?.projects.length ?? 0) - 2);
    expect(await idsOf(adminAPIKeys.list({ limit: 1 }))).toHaveLength(4);
  });

  it("lists with next", async () => {
    expect(await idsOf(client.admin.organization.groups.list({ limit: 1 }))).toEqual(
      org()?.groups.map((group) => group.id),
    );
    const backwards = await idsOf(client.admin.organization.roles.list({ limit: 1, order: "desc" }));
    expect(backwards).toEqual(
      org()
        ?.organizationRoles.map((role) => role.id)
        .reverse(),
    );
  });

  it("usage by hand", async () => {
    const { data, has_more, next_page } = await client.admin.organization.usage.completions({
      start_time: 1_793_923_200,
      group_by: ["model", "project_id"],
      limit: 2,
    });
    expect(data).toHaveLength(2);
    expect({ has_more, next_page }).toEqual({ has_more: true, next_page: expect.stringMatching(/^page_/) });
  });

  it("and sees typed errors", async () => {
    await expect(organizationOf(client).projects.retrieve("proj_unknown")).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    const wrong = new OpenAI({
      adminAPIKey: "sk-admin-wrong",
      apiKey: null,
      organization: null,
      project: null,
      baseURL: sandbox.url,
      maxRetries: 0,
    });
    await expect(organizationOf(wrong).projects.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  });
});

const organizationOf = (openai: OpenAI) => openai.admin.organization;

describe("limits and cursors of lists", () => {
  it.each([
    ["/organization/users", 1, 100],
    ["/organization/projects", 1, 100],
    ["/organization/groups", 0, 1000],
    ["/organization/roles", 0, 1000],
    ["/organization/audit_logs", 1, 100],
  ])("%s takes a limit from %i to %i", async (path, min, max) => {
    for (const limit of [min, max]) expect((await call(sandbox, `${path}?limit=${limit}`)).status).toBe(200);
    for (const limit of [min - 1, max + 1]) {
      expect(await call(sandbox, `${path}?limit=${limit}`)).toMatchObject({
        status: 400,
        data: { error: { param: "limit" } },
      });
    }
  });

  it("20 by default, and an unknown cursor is refused", async () => {
    const { data } = await call<{ data: object[]; has_more: boolean }>(sandbox, "/organization/users");
    expect(data).toMatchObject({ has_more: true });
    expect(data.data).toHaveLength(20);
    expect((await call(sandbox, "/organization/users?after=user-nobody")).status).toBe(400);
  });

  it("users are found by e-mail, whatever its case", async () => {
    const { data } = await call<{ data: { email: string }[] }>(
      sandbox,
      "/organization/users?emails[]=MARA@acme-robotics.example",
    );
    expect(data.data.map((user) => user.email)).toEqual(["mara@acme-robotics.example"]);
  });
});
