import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, startSandbox } from "./server";
import { call, control, testNow } from "./testing/client";
import { violations } from "./testing/contract";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: testNow });
});
beforeEach(() => control(sandbox, "reset", {}));
afterAll(() => sandbox.close());

type Data = Record<string, unknown> & { id: string };

/** Writes, insists on a 200 by the contract and returns the answer. The template names the parameters in order. */
async function write(method: "post" | "delete", template: string, ids: string[], body: object = {}): Promise<Data> {
  const { status, data } = await attempt(method, template, ids, body);
  expect({ template, status, error: status === 200 ? null : data }).toEqual({ template, status: 200, error: null });
  expect(violations(method, template, data)).toEqual([]);
  return data;
}

function attempt(method: "post" | "delete", template: string, ids: string[], body: object = {}) {
  let index = 0;
  const path = template.replace(/\{\w+\}/g, () => encodeURIComponent(ids[index++] ?? ""));
  return call<Data>(sandbox, path, method === "post" ? { body } : { method: "DELETE" });
}

const list = async (path: string) => (await call<{ data: Data[] }>(sandbox, path)).data.data;
const acme = () => {
  const org = sandbox.control.organizations.bySlug("acme");
  if (!org) throw new Error("no sample organization");
  return org;
};
const project = "/organization/projects/{project_id}";

describe("projects", () => {
  it("are created, renamed and archived; then they refuse lists and writes", async () => {
    const { id } = await write("post", "/organization/projects", [], { name: "Fresh, “new”" });
    expect(await write("post", project, [id], { name: "Renamed" })).toMatchObject({ name: "Renamed" });
    expect(await write("post", `${project}/archive`, [id])).toMatchObject({ status: "archived" });
    for (const part of ["users", "service_accounts"]) {
      expect((await call(sandbox, `/organization/projects/${id}/${part}`)).status).toBe(400);
    }
    expect((await attempt("post", project, [id], { name: "again" })).status).toBe(400);
    const visible = await list("/organization/projects?limit=100");
    expect(visible.some((item) => item.id === id)).toBe(false);
    const all = await list("/organization/projects?limit=100&include_archived=true");
    expect(all.find((item) => item.id === id)).toMatchObject({ status: "archived" });
  });

  it("the default one cannot be renamed or archived", async () => {
    const id = acme().projects[0]?.id ?? "";
    expect((await attempt("post", project, [id], { name: "x" })).status).toBe(400);
    expect((await attempt("post", `${project}/archive`, [id])).status).toBe(400);
  });
});

describe("people", () => {
  it("join a project, change role and leave; their keys lose access", async () => {
    const org = acme();
    const target = org.projects[2]?.id ?? "";
    const outsider = org.users.find(
      (user) => !org.projectMembers.get(target)?.some((member) => member.userId === user.id),
    );
    const one = `${project}/users/{user_id}`;
    expect(await write("post", `${project}/users`, [target], { user_id: outsider?.id, role: "member" })).toMatchObject({
      role: "member",
    });
    expect(
      (await attempt("post", `${project}/users`, [target], { user_id: outsider?.id, role: "member" })).status,
    ).toBe(400);
    expect(
      (await attempt("post", `${project}/users`, [target], { user_id: "user-nobody", role: "member" })).status,
    ).toBe(400);
    expect(await write("post", one, [target, outsider?.id ?? ""], { role: "owner" })).toMatchObject({ role: "owner" });
    await write("delete", one, [target, outsider?.id ?? ""]);

    const key = org.apiKeys.find(
      (item) => item.projectId === target && item.owner.type === "user" && item.ownerProjectAccess === "active",
    );
    await write("delete", one, [target, key?.owner.id ?? ""]);
    const hidden = await list(`/organization/projects/${target}/api_keys?limit=100`);
    const inventory = await list(`/organization/projects/${target}/api_keys?limit=100&owner_project_access=any`);
    expect(hidden.some((item) => item.id === key?.id)).toBe(false);
    expect(inventory.find((item) => item.id === key?.id)).toMatchObject({ owner_project_access: "inactive" });
  });

  it("change role in the organization and leave it with their keys", async () => {
    const user = acme().users[5]?.id ?? "";
    expect(await write("post", "/organization/users/{user_id}", [user], { role: "owner" })).toMatchObject({
      role: "owner",
    });
    await write("delete", "/organization/users/{user_id}", [user]);
    expect((await call(sandbox, `/organization/users/${user}`)).status).toBe(404);
    expect(acme().apiKeys.some((key) => key.owner.id === user)).toBe(false);
  });

  it("are invited until they accepted", async () => {
    const made = await write("post", "/organization/invites", [], { email: "somebody@else.example", role: "reader" });
    expect(made).toMatchObject({ status: "pending", projects: [{ id: acme().projects[0]?.id, role: "member" }] });
    await write("delete", "/organization/invites/{invite_id}", [made.id]);
    const accepted = (await list("/organization/invites")).find((invite) => invite.status === "accepted");
    expect((await attempt("delete", "/organization/invites/{invite_id}", [accepted?.id ?? ""])).status).toBe(400);
    expect(
      (await attempt("post", "/organization/invites", [], { email: "not an address", role: "reader" })).status,
    ).toBe(400);
  });
});

describe("service accounts and keys", () => {
  it("a new account shows its key once; more keys follow; deleting the account deletes them", async () => {
    const target = acme().projects[3]?.id ?? "";
    const account = await write("post", `${project}/service_accounts`, [target], { name: "ci" });
    expect(account.api_key).toMatchObject({ value: expect.stringMatching(/^sk-svcacct-/) });
    const { value } = account.api_key as { value: string };
    expect((await call(sandbox, "/organization/users", { key: value })).status).toBe(403);
    const one = `${project}/service_accounts/{service_account_id}`;
    await write("post", one, [target, account.id], { name: "ci-2", role: "owner" });
    const key = await write("post", `${one}/api_keys`, [target, account.id], {
      name: "second",
      scopes: ["api.all.read"],
      expires_in_seconds: 60,
    });
    const keys = `${project}/api_keys/{api_key_id}`;
    await write("post", keys, [target, key.id], { scopes: ["api.model.request"] });
    expect((await attempt("post", keys, [target, key.id], {})).status).toBe(400);
    await write("delete", keys, [target, key.id]);
    await write("delete", one, [target, account.id]);
    expect(acme().apiKeys.some((item) => item.owner.id === account.id)).toBe(false);
    expect((await call(sandbox, "/organization/users", { key: value })).status).toBe(401);
    const bare = await write("post", `${project}/service_accounts`, [target], {
      name: "bare",
      create_service_account_only: true,
    });
    expect(bare).toMatchObject({ role: "none", api_key: null });
  });
});

describe("limits", () => {
  it("rate limits go down to zero and up to the organization's, in their own fields only", async () => {
    const target = acme().projects[0]?.id ?? "";
    const one = `${project}/rate_limits/{rate_limit_id}`;
    expect(await write("post", one, [target, "rl-gpt-6-luna"], { max_requests_per_1_minute: 0 })).toMatchObject({
      max_requests_per_1_minute: 0,
    });
    for (const body of [
      { max_requests_per_1_minute: 30_001 },
      { max_images_per_1_minute: 1 },
      { max_requests_per_1_minute: "many" },
    ]) {
      expect((await attempt("post", one, [target, "rl-gpt-6-luna"], body)).status).toBe(400);
    }
    expect(await attempt("post", one, ["proj_unknown", "rl-gpt-6-luna"])).toMatchObject({
      status: 404,
      data: { code: 404 },
    });
  });

  it.each([
    ["/organization", []],
    [project, ["id"]],
  ] as const)("spend limits and alerts of %s", async (path, needed) => {
    const ids = needed.length > 0 ? [acme().projects[1]?.id ?? ""] : [];
    const terms = { threshold_amount: 1, currency: "USD", interval: "month" };
    expect(await write("post", `${path}/spend_limit`, ids, terms)).toMatchObject({
      enforcement: { status: "enforcing" },
    });
    expect(await write("post", `${path}/spend_limit`, ids, { ...terms, threshold_amount: 900_000_000 })).toMatchObject({
      enforcement: { status: "inactive" },
    });
    await write("delete", `${path}/spend_limit`, ids);
    expect((await attempt("delete", `${path}/spend_limit`, ids)).status).toBe(404);
    const notification_channel = { type: "email", recipients: ["a@b.example"], subject_prefix: null };
    const alert = await write("post", `${path}/spend_alerts`, ids, { ...terms, notification_channel });
    const one = `${path}/spend_alerts/{alert_id}`;
    expect(
      await write("post", one, [...ids, alert.id], { ...terms, threshold_amount: 5, notification_channel }),
    ).toMatchObject({ threshold_amount: 5 });
    await write("delete", one, [...ids, alert.id]);
  });

  it("policies of a project", async () => {
    const ids = [acme().projects[1]?.id ?? ""];
    const models = { mode: "allow_list", model_ids: ["gpt-6-luna"] };
    expect(await write("post", `${project}/model_permissions`, ids, models)).toMatchObject(models);
    await write("delete", `${project}/model_permissions`, ids);
    expect(await write("post", `${project}/hosted_tool_permissions`, ids, { mcp: { enabled: false } })).toMatchObject({
      mcp: { enabled: false },
      web_search: { enabled: true },
    });
    expect(await write("post", `${project}/data_retention`, ids, { retention_type: "none" })).toMatchObject({
      type: "none",
    });
    expect(await write("post", `${project}/service_tier_settings`, ids, { enabled_tiers: ["flex"] })).toMatchObject({
      enabled_tiers: ["flex"],
    });
    expect(
      await write("post", "/organization/data_retention", [], { retention_type: "zero_data_retention" }),
    ).toMatchObject({ type: "zero_data_retention" });
  });
});

describe("groups and roles", () => {
  it("groups gain and lose people; groups of the identity provider stay as they are", async () => {
    const { id } = await write("post", "/organization/groups", [], { name: "Night shift" });
    const user = acme().users[0]?.id ?? "";
    await write("post", "/organization/groups/{group_id}/users", [id], { user_id: user });
    expect(await list(`/organization/groups/${id}/users`)).toHaveLength(1);
    await write("delete", "/organization/groups/{group_id}/users/{user_id}", [id, user]);
    await write("post", "/organization/groups/{group_id}", [id], { name: "Day shift" });
    await write("delete", "/organization/groups/{group_id}", [id]);
    const managed = acme().groups.find((group) => group.isScimManaged)?.id ?? "";
    expect((await attempt("delete", "/organization/groups/{group_id}", [managed])).status).toBe(400);
  });

  it.each(["/organization/roles", "/projects/{project_id}/roles"])("roles of %s", async (path) => {
    const ids = path.includes("{") ? [acme().projects[1]?.id ?? ""] : [];
    const role = await write("post", path, ids, { role_name: "Caller", permissions: ["api.model.request"] });
    expect((await attempt("post", path, ids, { role_name: "Caller", permissions: [] })).status).toBe(400);
    expect((await attempt("post", path, ids, { role_name: "Wrong", permissions: ["everything"] })).status).toBe(400);
    expect(
      await write("post", `${path}/{role_id}`, [...ids, role.id], { permissions: ["api.model.read"] }),
    ).toMatchObject({ permissions: ["api.model.read"] });
    await write("delete", `${path}/{role_id}`, [...ids, role.id]);
    const predefined = (await list(path.replace("{project_id}", ids[0] ?? ""))).find((item) => item.predefined_role);
    expect((await attempt("delete", `${path}/{role_id}`, [...ids, predefined?.id ?? ""])).status).toBe(400);
  });

  it("a role through a group names the group as its source", async () => {
    const org = acme();
    const [group, target] = [org.groups[0], org.projects[8]?.id ?? ""];
    const role = await write("post", "/projects/{project_id}/roles", [target], {
      role_name: "Via group",
      permissions: ["api.model.read"],
    });
    await write("post", `${project}/groups`, [target], { group_id: group?.id, role: role.id });
    const roles = await list(`/projects/${target}/users/${group?.userIds[0]}/roles`);
    expect(roles.find((item) => item.id === role.id)).toMatchObject({
      assignment_sources: [{ principal_id: group?.id, principal_type: "group" }],
    });
    await write("delete", `${project}/groups/{group_id}`, [target, group?.id ?? ""]);
    expect(
      (await list(`/projects/${target}/users/${group?.userIds[0]}/roles`)).some((item) => item.id === role.id),
    ).toBe(false);
  });

  it("roles are given to people and groups, and taken back", async () => {
    const org = acme();
    const [user, group, target] = [org.users[8]?.id ?? "", org.groups[0]?.id ?? "", org.projects[1]?.id ?? ""];
    const owner = org.organizationRoles[0]?.id ?? "";
    const member = `role-api-project-member__api-project__${target}`;
    await write("post", "/organization/users/{user_id}/roles", [user], { role_id: owner });
    expect((await call(sandbox, `/organization/users/${user}`)).data).toMatchObject({ role: "owner" });
    await write("delete", "/organization/users/{user_id}/roles/{role_id}", [user, owner]);
    expect((await call(sandbox, `/organization/users/${user}`)).data).toMatchObject({ role: "reader" });
    await write("post", "/organization/groups/{group_id}/roles", [group], { role_id: owner });
    await write("delete", "/organization/groups/{group_id}/roles/{role_id}", [group, owner]);
    await write("post", "/projects/{project_id}/groups/{group_id}/roles", [target, group], { role_id: member });
    await write("delete", "/projects/{project_id}/groups/{group_id}/roles/{role_id}", [target, group, member]);
    await write("post", "/projects/{project_id}/users/{user_id}/roles", [target, user], { role_id: member });
    expect((await list(`/organization/projects/${target}/users?limit=100`)).some((item) => item.id === user)).toBe(
      true,
    );
    await write("delete", "/projects/{project_id}/users/{user_id}/roles/{role_id}", [target, user, member]);
  });
});

describe("the audit log", () => {
  it("notes changes made by the API, newest first, with the key as actor", async () => {
    const { id } = await write("post", "/organization/projects", [], { name: "Audited" });
    const [event] = await list("/organization/audit_logs?limit=1");
    expect(event).toMatchObject({ type: "project.created", actor: { type: "api_key" }, "project.created": { id } });
    const archived = await list("/organization/audit_logs?event_types[]=project.archived&limit=100");
    expect(archived.map((item) => item.type)).toEqual(["project.archived", "project.archived"]);
    const old = await list("/organization/audit_logs?effective_at[lt]=1740000000&limit=100");
    expect(old.length).toBeGreaterThan(0);
    expect(old.every((item) => Number(item.effective_at) < 1_740_000_000)).toBe(true);
  });
});
