import { randomUUID } from "node:crypto";
import { accessAsSystem, type OrgAccess } from "@/server/auth/scope";
import { createUser } from "@/server/auth/create-user";
import { sealAdminKey } from "@/server/connections/admin-key";
import { noClient } from "@/server/lib/client-info";
import { createOrg } from "@/server/orgs/create-org";
import { PASSWORD } from "./password.mjs";

type ConnectionOptions = { baseUrl: string; adminKey: string; backfillDays: number; usageGranularity: "hour" | "day" };

/** An org with its owner, and the operator's way in. */
export async function makeOrg(name: string): Promise<OrgAccess> {
  const owner = await createUser({
    email: `${randomUUID()}@example.com`,
    name,
    password: PASSWORD,
  });
  const founder = { ownerId: owner.id, actor: { type: "operator" } as const, requestId: null, client: noClient };
  const { id } = await createOrg(founder, { name });
  return accessAsSystem({ id }, { type: "operator" });
}

/** A connection as if its key had been verified. */
export async function makeConnection(access: OrgAccess, options: Partial<ConnectionOptions> = {}): Promise<string> {
  const { baseUrl = "http://127.0.0.1:9/v1", adminKey = "sk-admin-bench-0000", ...rest } = options;
  const id = randomUUID();
  await access.inScope(async (scope) => {
    await scope.db.connection.create({
      data: {
        orgId: access.org.id,
        id,
        name: "Bench",
        baseUrl,
        openaiOrgId: `org-${id}`,
        keyCiphertext: await sealAdminKey(scope, id, adminKey),
        keyLast4: adminKey.slice(-4),
        abilities: { costs: true, usage: true, directory: true, writes: "unknown" },
        ...rest,
      },
    });
  });
  return id;
}

export async function makeStream(access: OrgAccess, connectionId: string, name: string): Promise<number> {
  const rows = await access.inScope(
    (scope) => scope.db.$queryRaw<{ id: number }[]>`
      insert into streams (org_id, connection_id, name, grouping)
      values (${access.org.id}::uuid, ${connectionId}::uuid, ${name}, '{}') returning id`,
  );
  if (!rows[0]) throw new Error("the stream was not stored");
  return rows[0].id;
}
