import { randomBytes } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { assertBoundRole, closeDatabase } from "@/server/db/client";
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
