import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { assertBoundRole, closeDatabase, pool } from "@/server/db/client";
import { withTenantConnection } from "@/server/db/tenant";
import { env } from "@/server/env";
import { useTestDatabase } from "@/server/testing/database";

const database = useTestDatabase();
const made: string[] = [];

/** Roles belong to the whole server: their names are of this run. */
async function makeRole(attributes: string): Promise<string> {
  const name = `tk_test_role_${randomBytes(6).toString("hex")}`;
  await database.owner.query(`create role ${name} ${attributes}`);
  made.unshift(name);
  return name;
}

const makeAppRole = (attributes = "") => makeRole(`login password 'test' in role tollkeeper_app ${attributes}`);

async function connectAs(role: string) {
  await closeDatabase();
  env().APP_DATABASE_URL = Object.assign(new URL(database.ownerUrl), { username: role, password: "test" }).href;
}

afterEach(async () => {
  await closeDatabase();
  env().APP_DATABASE_URL = database.appUrl;
  for (const role of made.splice(0)) await database.owner.query(`drop owned by ${role}; drop role ${role}`);
});

it("a connection that the server ends between two queries fails the work that has it, and nothing else", async () => {
  const work = withTenantConnection(randomUUID(), async (client) => {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    await database.owner.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    await sleep(200);
    await client.query("select 1");
  });
  await expect(work).rejects.toThrow();
  const { rows } = await pool().query("select 1 as one");
  expect(rows).toEqual([{ one: 1 }]);
});

describe("the role of the processes", () => {
  it("is tollkeeper_app, or a member of it", async () => {
    await expect(assertBoundRole()).resolves.toBeUndefined();
    await connectAs(await makeAppRole());
    await expect(assertBoundRole()).resolves.toBeUndefined();
  });

  it.each(["superuser", "bypassrls"])("may not be %s", async (attribute) => {
    await connectAs(await makeAppRole(attribute));
    await expect(assertBoundRole()).rejects.toThrow("row level security does not apply");
  });

  it.each(["superuser", "bypassrls"])("may not be a member of a role that is %s", async (attribute) => {
    const role = await makeAppRole();
    await database.owner.query(`grant ${await makeRole(attribute)} to ${role}`);
    await connectAs(role);
    await expect(assertBoundRole()).rejects.toThrow("row level security does not apply");
  });

  it("may not be a member of the owner of the tables", async () => {
    const [role, owner] = [await makeAppRole(), await makeRole("nologin")];
    await database.owner.query(`alter table orgs owner to ${owner}; grant ${owner} to ${role}`);
    await connectAs(role);
    await expect(assertBoundRole()).rejects.toThrow("row level security does not apply");
    await database.owner.query("alter table orgs owner to current_user");
  });

  it("may not create objects beside those of the owner", async () => {
    const role = await makeAppRole();
    await database.owner.query(`grant create on schema public to ${role}`);
    await connectAs(role);
    await expect(assertBoundRole()).rejects.toThrow("revoke create on schema public from public");
  });
});
