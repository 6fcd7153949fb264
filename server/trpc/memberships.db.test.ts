import { beforeEach, describe, expect, it } from "vitest";
import { membershipsOfRequest } from "@/server/auth/membership-lookup";
import type { SessionUser } from "@/server/auth/sessions";
import { noClient } from "@/server/lib/client-info";
import { useTestDatabase } from "@/server/testing/database";
import { makeMember, makeOrg, type TestOrg } from "@/server/testing/factories";
import { createCaller } from "@/server/trpc/root";

const database = useTestDatabase();
let org: TestOrg;
let member: SessionUser;

beforeEach(async () => {
  org = await makeOrg();
  member = await makeMember(org, "admin");
});

/** The calls of one request, as pages and batches make them. */
const request = (user: SessionUser) =>
  createCaller({ user, requestId: "test", client: noClient, memberships: membershipsOfRequest() });

const remove = ({ id }: SessionUser) => database.owner.query("delete from memberships where user_id = $1", [id]);

const notFound = { code: "NOT_FOUND" };

describe("the calls of one request", () => {
  it("share what was looked up, where they only read", async () => {
    const calls = request(member);
    await calls.orgs.get({ org: org.slug });
    await remove(member);
    expect(await calls.orgs.frame({ org: org.slug })).toMatchObject({ org: { role: "admin" } });
  });

  it("tell the next request nothing: whoever was removed is refused", async () => {
    await request(member).orgs.get({ org: org.slug });
    await remove(member);
    await expect(request(member).orgs.get({ org: org.slug })).rejects.toMatchObject(notFound);
  });

  it("look up anew for what changes something or goes on", async () => {
    const calls = request(member);
    await calls.orgs.get({ org: org.slug });
    await remove(member);
    await expect(calls.orgs.update({ org: org.slug, name: "Mine" })).rejects.toMatchObject(notFound);
    await expect(calls.sync.progress({ org: org.slug })).rejects.toMatchObject(notFound);
  });

  it("tell orgs and people apart", async () => {
    const other = await makeOrg("Other");
    const lookUp = membershipsOfRequest();
    expect(await lookUp(member.id, org.slug)).toMatchObject({ id: org.id, role: "admin" });
    expect(await lookUp(org.owner.id, org.slug)).toMatchObject({ role: "owner" });
    expect(await lookUp(member.id, other.slug)).toBeNull();
  });
});

describe("the frame", () => {
  it("holds what its parts tell by procedures of their own", async () => {
    const calls = request(org.owner);
    const input = { org: org.slug };
    expect(await calls.orgs.frame(input)).toEqual({
      org: await calls.orgs.get(input),
      runs: [],
      connections: await calls.connections.list(input),
      keptHistory: await calls.connections.kept(input),
    });
  });
});
