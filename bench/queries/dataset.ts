import type pg from "pg";
import { makeConnection, makeOrg, makeStream } from "@/bench/lib/tenant";
import { fillOrg } from "@/bench/queries/fill.sql";
import type { Shape } from "@/bench/queries/shape";
import type { OrgAccess } from "@/server/auth/scope";
import { replaceList } from "@/server/directory/items.sql";
import { addUtcDays, parseUtcDay, toUtcDay } from "@/server/lib/time";
import { rebuildRollups } from "@/server/usage/rebuild-rollups";

/** Where days that include today end. */
export const endOfToday = () => parseUtcDay(addUtcDays(toUtcDay(new Date()), 1));

/** An org with its directory, facts up to and including today, and the roll-ups that the product makes of them. */
export async function makeFilledOrg(owner: pg.Pool, shape: Shape, end: Date): Promise<OrgAccess> {
  const access = await makeOrg(shape.name);
  const connectionId = await makeConnection(access);
  const streamIds = {
    usage: await makeStream(access, connectionId, "usage.completions"),
    costs: await makeStream(access, connectionId, "costs.project"),
    costsByUser: await makeStream(access, connectionId, "costs.user"),
  };
  const client = await owner.connect();
  try {
    await fillOrg(client, { orgId: access.org.id, connectionId, streamIds, end }, shape);
  } finally {
    client.release();
  }
  await fillDirectory(access, connectionId, shape);
  await rebuildRollups(access);
  return access;
}

const createdAt = 1_750_000_000;

/** As the provider lists them: the ids are those of the facts. */
async function fillDirectory(access: OrgAccess, connectionId: string, { projects, users, keys }: Shape) {
  const ids = (count: number, id: (number: number) => string) => Array.from({ length: count }, (_, i) => id(i));
  const projectId = (number: number) => `proj_${String(number).padStart(24, "0")}`;
  const userId = (number: number) => `user-${String(number).padStart(24, "0")}`;
  const keyId = (number: number) => `key_${String(number).padStart(20, "0")}`;
  await access.inScope(async (scope) => {
    await replaceList(
      scope,
      { connectionId, kind: "project", parentId: "" },
      ids(projects, projectId).map((id, i) => ({
        id,
        name: `Project ${i}`,
        data: { object: "organization.project", id, name: `Project ${i}`, status: "active", created_at: createdAt },
      })),
    );
    await replaceList(
      scope,
      { connectionId, kind: "user", parentId: "" },
      ids(users, userId).map((id, i) => ({
        id,
        name: `Person ${i}`,
        data: {
          object: "organization.user",
          id,
          email: `person-${i}@example.com`,
          role: "reader",
          added_at: createdAt,
        },
      })),
    );
    for (const [project, parentId] of ids(projects, projectId).entries()) {
      const own = Array.from({ length: keys }, (_, i) => i).filter((i) => i % projects === project);
      await replaceList(
        scope,
        { connectionId, kind: "api_key", parentId },
        own.map((i) => ({
          id: keyId(i),
          name: `Key ${i}`,
          data: {
            object: "organization.project.api_key",
            id: keyId(i),
            redacted_value: `sk-proj-****${i}`,
            created_at: createdAt,
            owner: { type: "user", user: { id: userId(i % users), email: `person-${i % users}@example.com` } },
          },
        })),
      );
    }
  });
}
