import { randomBytes, randomUUID } from "node:crypto";
import { createUser } from "@/server/auth/create-user";
import type { SessionUser } from "@/server/auth/sessions";
import { noClient } from "@/server/lib/client-info";
import { accessAsSystem, type OrgAccess } from "@/server/auth/scope";
import { sealAdminKey } from "@/server/connections/admin-key";
import type { Role } from "@/server/db/generated/enums";
import { createOrg } from "@/server/orgs/create-org";
import { createCaller } from "@/server/trpc/root";

export const PASSWORD = "correct horse battery staple";

export async function makeUser(name = "Ada"): Promise<SessionUser> {
  const email = `${name.toLowerCase()}-${randomBytes(4).toString("hex")}@example.com`;
  const { id } = await createUser({ email, name, password: PASSWORD });
  const session = { id: randomUUID(), method: "password", twoFactor: false };
  return { id, email, name, locale: null, isVerified: true, session };
}

/** What a person does, for verbs that are called without a procedure. */
export const asUser = ({ id, email }: { id: string; email: string }) => ({ type: "user", id, name: email }) as const;

export type TestOrg = { id: string; slug: string; owner: Awaited<ReturnType<typeof makeUser>>; access: OrgAccess };

/** An org with its owner, and the operator's way in. */
export async function makeOrg(name = "Acme"): Promise<TestOrg> {
  const owner = await makeUser();
  const { id, slug } = await createOrg(
    { ownerId: owner.id, actor: asUser(owner), requestId: null, client: noClient },
    { name },
  );
  return { id, slug, owner, access: await accessAsSystem({ id }, { type: "operator" }) };
}

/** Somebody who joins an org in a role. */
export async function makeMember(org: TestOrg, role: Role) {
  const user = await makeUser(role);
  await org.access.inScope((scope) => scope.db.membership.create({ data: { orgId: org.id, userId: user.id, role } }));
  return user;
}

type ConnectionOptions = { baseUrl: string; adminKey: string; backfillDays: number; usageGranularity: "hour" | "day" };

/** A connection that was verified elsewhere. */
export async function makeConnection(org: TestOrg, options: Partial<ConnectionOptions> = {}): Promise<string> {
  const {
    baseUrl = "http://127.0.0.1:9/v1",
    adminKey = "sk-admin-test-0000",
    backfillDays = 10,
    usageGranularity = "hour",
  } = options;
  const id = randomUUID();
  await org.access.inScope(async (scope) => {
    await scope.db.connection.create({
      data: {
        orgId: org.id,
        id,
        name: "Test",
        baseUrl,
        openaiOrgId: `org-${id}`,
        keyCiphertext: await sealAdminKey(scope, id, adminKey),
        keyLast4: adminKey.slice(-4),
        abilities: { costs: true, usage: true, directory: true, writes: "unknown" },
        backfillDays,
        usageGranularity,
      },
    });
  });
  return id;
}

/** The API as a signed-in person (or a stranger) calls it. */
export const callAs = (user: SessionUser | null) => createCaller({ user, requestId: "test", client: noClient });
