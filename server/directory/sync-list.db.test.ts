import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";
import { streamOf, syncOnce } from "@/server/testing/sync";
import { changeJson, refusal, startTampering, type TamperingProvider } from "@/server/testing/tampering";

const database = useTestDatabase();

type List = { data: { id: string; name: string; status?: string }[] };

let provider: Provider;
let tampering: TamperingProvider;
let org: TestOrg;
let connectionId: string;

beforeAll(async () => {
  provider = await startProvider("2026-10-20T15:30:00Z");
  tampering = await startTampering(provider.url);
});
afterAll(() => Promise.all([tampering.close(), provider.close()]));
beforeEach(async () => {
  await provider.reset();
  tampering.reset();
  org = await makeOrg();
  connectionId = await makeConnection(org, { baseUrl: tampering.url, adminKey: "sk-admin-sandbox-acme-readonly" });
});

const sync = () => syncOnce(org, { connectionId, kind: "directory", now: provider.now });

const living = async (
  kind: string,
  parentId?: string,
): Promise<{ id: string; name: string; data: { name: string } }[]> =>
  (
    await database.owner.query(
      `select id, name, data from directory_items
       where connection_id = $1 and kind = $2 and removed_at is null and parent_id = coalesce($3, parent_id) order by id`,
      [connectionId, kind, parentId ?? null],
    )
  ).rows;

const aProject = async () => {
  const [key] = (
    await database.owner.query(
      "select parent_id from directory_items where connection_id = $1 and kind = 'api_key' and removed_at is null limit 1",
      [connectionId],
    )
  ).rows;
  return String(key.parent_id);
};

describe("names of any text", () => {
  it.each([
    ["a path with a backslash", "C:\\u0000\\u0041", "C:\\u0000\\u0041"],
    ["NUL", "a\0b", "ab"],
    ["half a surrogate pair", "half \ud83d", "half \ufffd"],
  ])("such as %s are stored", async (_what, name, stored) => {
    tampering.tamper(
      changeJson<List>("/organization/users", (list) => ({
        ...list,
        data: list.data.map((user, i) => (i === 0 ? { ...user, name } : user)),
      })),
    );
    const run = await sync();
    expect(streamOf(run, "directory.users").state).toBe("succeeded");
    const users = await living("user");
    expect(users.filter((user) => user.name === stored && user.data.name === stored)).toHaveLength(1);
  });
});

describe("what hangs on a project", () => {
  it("is gone once the provider no longer lists the project", async () => {
    await sync();
    const project = await aProject();
    const others = (await living("api_key")).length - (await living("api_key", project)).length;
    tampering.tamper(
      changeJson<List>("/organization/projects", (list, url) =>
        url.pathname.endsWith("/projects") ? { ...list, data: list.data.filter(({ id }) => id !== project) } : list,
      ),
    );
    expect((await sync()).state).toBe("succeeded");
    expect(await living("api_key", project)).toEqual([]);
    expect(await living("api_key")).toHaveLength(others);
  });

  it("may be refused when the project was archived meanwhile", async () => {
    await sync();
    const project = await aProject();
    tampering.tamper((answer, url) => {
      if (url.pathname.endsWith(`/projects/${project}`))
        return { ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), status: "archived" }) };
      return url.pathname.includes(`/projects/${project}/`) ? refusal(400) : answer;
    });
    expect((await sync()).state).toBe("succeeded");
  });

  it("is a failure when it is refused although the project is there", async () => {
    await sync();
    const project = await aProject();
    tampering.tamper((answer, url) => (url.pathname.includes(`/projects/${project}/api_keys`) ? refusal(404) : answer));
    const run = await sync();
    expect(run.state).toBe("partial");
    expect(streamOf(run, "directory.api_keys")).toMatchObject({ state: "failed", errorCode: "not_found" });
    expect(run.streams.filter(({ state }) => state === "failed")).toHaveLength(1);
  });
});
