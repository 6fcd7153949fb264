import { beforeAll, expect, it } from "vitest";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { getMemberAround } from "@/server/usage/member-around";
import type { MemberRef } from "@/server/usage/schema";

const database = useTestDatabase();

let org: TestOrg;
let other: TestOrg;

const owner = (id: string) => ({ type: "user", user: { id } });

const items: [kind: string, parentId: string, id: string, name: string | null, data: object][] = [
  ["project", "", "proj_1", "Search", {}],
  ["project", "", "proj_2", "Chat", {}],
  ["user", "", "user-1", "Ada", { role: "owner" }],
  ["project_user", "proj_1", "user-1", "Ada", { role: "member" }],
  ["project_user", "proj_2", "user-1", "Ada", { role: "owner" }],
  ["service_account", "proj_1", "svc_1", "Nightly", { role: "member" }],
  ["api_key", "proj_1", "key_1", "Search key", { owner: owner("user-1"), last_used_at: 1_760_000_000 }],
  ["api_key", "proj_2", "key_2", "Chat key", { owner: owner("user-1") }],
  ["rate_limit", "proj_1", "rl-1", "gpt-5", { max_requests_per_1_minute: 500, max_tokens_per_1_minute: 0 }],
  ["rate_limit", "proj_2", "rl-1", "gpt-5", { max_requests_per_1_minute: 20 }],
  ["spend_limit", "", "monthly", null, { threshold_amount: 1_000_050 }],
  ["spend_alert", "proj_1", "alert_1", null, { threshold_amount: 4_200 }],
];

beforeAll(async () => {
  org = await makeOrg();
  other = await makeOrg("Other");
  for (const { id, access } of [org, other]) {
    const connectionId = await makeConnection({ ...org, id, access });
    for (const [kind, parentId, itemId, name, data] of items) {
      await database.owner.query(
        "insert into directory_items (org_id, connection_id, kind, parent_id, id, name, data) values ($1, $2, $3, $4, $5, $6, $7)",
        [id, connectionId, kind, parentId, itemId, name, JSON.stringify(data)],
      );
    }
    const { rows } = await database.owner.query(
      "insert into streams (org_id, connection_id, name, grouping) values ($1, $2, 'costs.project', '{}') returning id",
      [id, connectionId],
    );
    await database.owner.query(
      `insert into cost_daily (org_id, dimension, day, key, stream_id, amount)
       select $1, 1, day, 'proj_1', $2, amount from (values
         (date '2026-09-30', 0), (date '2026-10-01', 2), (date '2026-10-05', -1)) days (day, amount)`,
      [id, rows[0].id],
    );
  }
});

const around = (ref: MemberRef) => org.access.inScope((scope) => getMemberAround(scope, ref));

it("a project has its limits and the organization's, its people, service accounts and keys, and since when it costs", async () => {
  const { firstDay, lastDay, rateLimits, spendLimits, people, keys, projects } = await around({
    dimension: "project",
    key: "proj_1",
  });
  expect({ firstDay, lastDay }).toEqual({ firstDay: "2026-10-01", lastDay: "2026-10-05" });
  expect(rateLimits).toMatchObject([
    {
      model: "gpt-5",
      limits: { max_requests_per_1_minute: 500, max_tokens_per_1_minute: 0, max_images_per_1_minute: null },
    },
  ]);
  expect(spendLimits).toMatchObject([
    { project: { name: "Search" }, kind: "alert", amount: "42" },
    { project: null, kind: "limit", amount: "10000.5" },
  ]);
  expect(people.map(({ member, role }) => [member.name, member.kind, role])).toEqual([
    ["Ada", "user", "member"],
    ["Nightly", "service_account", "member"],
  ]);
  expect(keys).toMatchObject([
    { member: { name: "Search key" }, owner: { name: "Ada" }, lastUsedAt: "2025-10-09T08:53:20.000Z" },
  ]);
  expect(projects).toEqual([]);
});

it("a person has projects with a role in each, and keys", async () => {
  const { projects, keys, people, rateLimits, firstDay } = await around({ dimension: "user", key: "user-1" });
  expect(projects.map(({ member, role }) => [member.name, role])).toEqual([
    ["Search", "member"],
    ["Chat", "owner"],
  ]);
  expect(keys.map(({ member }) => member.name)).toEqual(["Chat key", "Search key"]);
  expect({ people, rateLimits, firstDay }).toEqual({ people: [], rateLimits: [], firstDay: null });
});

it("a key has the limits of its project and the other keys of its owner", async () => {
  const { rateLimits, spendLimits, keys } = await around({ dimension: "api_key", key: "key_1" });
  expect(rateLimits.map(({ project }) => project.name)).toEqual(["Search"]);
  expect(spendLimits.map(({ kind }) => kind).toSorted()).toEqual(["alert", "limit"]);
  expect(keys.map(({ member }) => member.name)).toEqual(["Chat key"]);
});

it("of long lists the first are listed, each list by itself, and how many more there are is told", async () => {
  const connection = await makeConnection(org);
  await database.owner.query(
    `insert into directory_items (org_id, connection_id, kind, parent_id, id, name, data)
     select $1, $2, kind, 'proj_long', kind || n, 'Name ' || lpad(n::text, 4, '0'), '{}'
     from (values ('api_key', 510), ('project_user', 503), ('service_account', 3)) kinds (kind, most), generate_series(1, most) n`,
    [org.id, connection],
  );
  const { keys, people, unlisted } = await around({ dimension: "project", key: "proj_long" });
  expect(keys).toHaveLength(500);
  expect(keys[0]?.member.name).toBe("Name 0001");
  expect(people).toHaveLength(503);
  expect(unlisted).toEqual({ rateLimits: 0, people: 3, keys: 10, projects: 0 });
});

it("a model has its limits in each project, and what nobody knows has nothing", async () => {
  const { rateLimits } = await around({ dimension: "model", key: "gpt-5" });
  expect(rateLimits.map(({ project, limits }) => [project.name, limits.max_requests_per_1_minute])).toEqual([
    ["Search", 500],
    ["Chat", 20],
  ]);
  expect((await around({ dimension: "api_key", key: "key_of_nobody" })).keys).toEqual([]);
});
