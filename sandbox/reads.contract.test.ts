import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { usageEndpoints } from "./generate/endpoints";
import { type RunningSandbox, startSandbox } from "./server";
import { at, call, control, testNow } from "./testing/client";
import { readablePaths, violations } from "./testing/contract";

/** Families of the contract that the sandbox's organizations do not use. */
const leftOut = ["/external_keys", "/external_storage", "/workload_identity_providers", "/certificates/{"];

let sandbox: RunningSandbox;
let params: Record<string, string>;

beforeAll(async () => {
  sandbox = await startSandbox({ now: testNow });
  // The contract documents amounts as numbers; the live API's strings have their own tests.
  await control(sandbox, "money", { format: "number" });
  params = findIds();
});
afterAll(() => sandbox.close());

/** Ids of things that are related to each other, so that nested paths exist. */
function findIds(): Record<string, string> {
  const org = sandbox.control.organizations.bySlug("acme");
  const binding = org?.projectGroups[0];
  const group = org?.groups.find((item) => item.id === binding?.groupId);
  const project = org?.projects.find((item) => item.id === binding?.projectId);
  if (!org || !group || !project) throw new Error("the sample organization has no group in a project");
  return {
    project_id: project.id,
    group_id: group.id,
    user_id: org.projectMembers.get(project.id)?.find((member) => group.userIds.includes(member.userId))?.userId ?? "",
    api_key_id: org.apiKeys.find((key) => key.projectId === project.id)?.id ?? "",
    service_account_id: org.serviceAccounts.find((account) => account.projectId === project.id)?.id ?? "",
    invite_id: org.invites[0]?.id ?? "",
    key_id: org.adminKeys[0]?.id ?? "",
    role_id: org.organizationRoles[1]?.id ?? "",
    alert_id: org.spendAlerts.get("organization")?.[0]?.id ?? "",
  };
}

describe("every GET of the contract", () => {
  const paths = readablePaths.filter((path) => !leftOut.some((part) => path.includes(part)));

  it.each(paths)("%s answers what the contract promises", async (path) => {
    const url = await concrete(path);
    const { status, data } = await call(sandbox, url);
    expect({ url, status, data: status === 200 ? null : data }).toEqual({ url, status: 200, data: null });
    expect(violations("get", path, data)).toEqual([]);
  });

  it("leaves nothing out but the families named above", () => {
    expect(paths.length).toBe(59);
  });

  it("is checked by a validator that notices wrong answers", () => {
    const path = "/organization/projects";
    const row = { id: "proj_1", object: "organization.project", name: "x", created_at: "yesterday", status: "active" };
    expect(violations("get", path, { object: "list", data: [row], has_more: false })).not.toEqual([]);
    expect(violations("get", path, { object: "list", data: [{ ...row, created_at: 1 }], has_more: false })).toEqual([]);
  });
});

async function concrete(path: string): Promise<string> {
  const own = { ...params };
  if (path.startsWith("/projects/") && path.endsWith("{role_id}"))
    own.role_id = `role-api-project-member__api-project__${own.project_id}`;
  if (path === "/organization/groups/{group_id}/roles/{role_id}") {
    await call(sandbox, `/organization/groups/${own.group_id}/roles`, { body: { role_id: own.role_id } });
  }
  if (path.includes("/projects/{project_id}/spend")) {
    const org = sandbox.control.organizations.bySlug("acme");
    own.project_id = [...(org?.spendAlerts.keys() ?? [])].find((key) => key.startsWith("proj_")) ?? "";
    own.alert_id = org?.spendAlerts.get(own.project_id)?.[0]?.id ?? "";
  }
  const url = path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(own[name] ?? ""));
  const isFigures = path.includes("/usage/") || path.endsWith("/costs");
  const query = isFigures ? `?start_time=${at("2026-11-10T00:00:00Z")}&limit=12&group_by=project_id` : "";
  return url + query;
}

describe("usage pages by the contract", () => {
  it.each(usageEndpoints)("%s is valid with every group_by and width", async (endpoint) => {
    for (const width of ["1m", "1h", "1d"]) {
      const path = `/organization/usage/${endpoint}`;
      const { status, data } = await call(
        sandbox,
        `${path}?start_time=${at("2026-11-19T09:00:00Z")}&bucket_width=${width}&limit=5`,
      );
      expect(status).toBe(200);
      expect(violations("get", path, data)).toEqual([]);
    }
  });
});
