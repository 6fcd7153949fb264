import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { createProviderClient, type ProviderClient } from "./client";
import * as directory from "./directory";
import type { ListOptions } from "./lists";

let sandbox: RunningSandbox;
let client: ProviderClient;
let projectId: string;
let groupId: string;

beforeAll(async () => {
  sandbox = await startSandbox({ now: "2026-11-20T12:00:00Z" });
  client = createProviderClient({ adminKey: "sk-admin-sandbox-acme-readwrite", baseUrl: sandbox.url });
  for await (const project of directory.listProjects(client))
    if (project.name === "Support Copilot") projectId = project.id;
  for await (const group of directory.listGroups(client)) groupId ??= group.id;
});
afterAll(() => sandbox.close());

async function take(list: AsyncIterable<unknown>): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of list) items.push(item);
  return items;
}

type List = (options?: ListOptions) => AsyncIterable<unknown>;

const lists: [string, List][] = [
  ["projects", (options) => directory.listProjects(client, options)],
  ["users", (options) => directory.listUsers(client, options)],
  ["invites", (options) => directory.listInvites(client, options)],
  ["admin keys", (options) => directory.listAdminKeys(client, options)],
  ["groups", (options) => directory.listGroups(client, options)],
  ["users of a group", (options) => directory.listGroupUsers(client, groupId, options)],
  ["roles", (options) => directory.listRoles(client, options)],
  ["spend alerts", (options) => directory.listSpendAlerts(client, options)],
  ["users of a project", (options) => directory.listProjectUsers(client, projectId, options)],
  ["service accounts", (options) => directory.listServiceAccounts(client, projectId, options)],
  ["keys of a project", (options) => directory.listProjectKeys(client, projectId, options)],
  ["rate limits", (options) => directory.listRateLimits(client, projectId, options)],
  ["groups of a project", (options) => directory.listProjectGroups(client, projectId, options)],
  ["roles of a project", (options) => directory.listProjectRoles(client, projectId, options)],
  ["spend alerts of a project", (options) => directory.listProjectSpendAlerts(client, projectId, options)],
];

describe("each list", () => {
  it.each(lists)("of %s is complete, whatever the size of its pages", async (_name, list) => {
    const whole = await take(list());
    expect(whole.length).toBeGreaterThan(0);
    expect(await take(list({ pageSize: 1 }))).toEqual(whole);
  });

  it("of projects has the archived ones, whose people cannot be listed", async () => {
    const archived = (await take(directory.listProjects(client))) as { id: string; status: string }[];
    const one = archived.find((project) => project.status === "archived");
    expect(one).toBeDefined();
    await expect(take(directory.listProjectUsers(client, one?.id ?? ""))).rejects.toMatchObject({
      kind: "bad_request",
      status: 400,
    });
  });
});

describe("spend limits", () => {
  it("are null where there is none, and in cents where there is one", async () => {
    const limits: ({ threshold_amount: number; currency: string } | null)[] = [await directory.getSpendLimit(client)];
    for await (const project of directory.listProjects(client)) {
      if (project.status === "active") limits.push(await directory.getProjectSpendLimit(client, project.id));
    }
    expect(limits).toContain(null);
    const set = limits.find((limit) => limit !== null);
    expect(set).toMatchObject({ threshold_amount: expect.any(Number), currency: "USD" });
  });
});
