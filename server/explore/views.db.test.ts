import { beforeEach, expect, it } from "vitest";
import type { SessionUser } from "@/server/auth/sessions";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeMember, makeOrg, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();
let org: TestOrg;
let reader: SessionUser;
let other: SessionUser;

beforeEach(async () => {
  org = await makeOrg();
  reader = await makeMember(org, "reader");
  other = await makeMember(org, "reader");
});

const as = (user: SessionUser) => callAs(user).explore;
const save = (user: SessionUser, more: object = {}) =>
  as(user).createView({ org: org.slug, name: "Models", search: "group=model", ...more });
const namesFor = async (user: SessionUser) => (await as(user).views({ org: org.slug })).map(({ name }) => name);

async function auditedViews() {
  const { rows } = await database.owner.query(
    "select action from audit_events where org_id = $1 and target_type = 'view' order by seq",
    [org.id],
  );
  return rows.map(({ action }) => action);
}

it("are one's own: nobody else sees, changes or deletes them, and nothing is told to the audit log", async () => {
  const { viewId } = await save(reader);
  expect(await namesFor(reader)).toEqual(["Models"]);
  for (const stranger of [other, org.owner]) {
    expect(await namesFor(stranger)).toEqual([]);
    const attempt = as(stranger).updateView({ org: org.slug, viewId, name: "Mine now" });
    await expect(attempt).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(as(stranger).deleteView({ org: org.slug, viewId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  await as(reader).updateView({ org: org.slug, viewId, name: "My models", isPinned: true });
  expect(await as(reader).views({ org: org.slug })).toMatchObject([
    { name: "My models", search: "group=model", isPinned: true, isMine: true, canChange: true },
  ]);
  await as(reader).deleteView({ org: org.slug, viewId });
  expect(await namesFor(reader)).toEqual([]);
  expect(await auditedViews()).toEqual([]);
});

it("are shared by those who may, seen by all, and each step is audited", async () => {
  await expect(save(reader, { isShared: true })).rejects.toMatchObject({ code: "FORBIDDEN" });
  const { viewId } = await save(org.owner, { isShared: true });
  expect(await as(reader).views({ org: org.slug })).toMatchObject([
    { name: "Models", isMine: false, canChange: false },
  ]);
  const attempt = as(reader).updateView({ org: org.slug, viewId, name: "Ours" });
  await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(as(reader).deleteView({ org: org.slug, viewId })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await as(org.owner).updateView({ org: org.slug, viewId, name: "Ours" });
  await as(org.owner).updateView({ org: org.slug, viewId, isShared: false });
  expect(await namesFor(reader)).toEqual([]);
  await as(org.owner).updateView({ org: org.slug, viewId, isShared: true });
  await as(org.owner).deleteView({ org: org.slug, viewId });
  expect(await auditedViews()).toEqual(["view.share", "view.update", "view.unshare", "view.share", "view.unshare"]);
});

it("a reader's own view cannot be shared by the reader", async () => {
  const { viewId } = await save(reader);
  const attempt = as(reader).updateView({ org: org.slug, viewId, isShared: true });
  await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await namesFor(other)).toEqual([]);
});
