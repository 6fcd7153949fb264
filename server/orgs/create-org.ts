import { randomBytes, randomUUID } from "node:crypto";
import { type Actor, recordAudit } from "@/server/audit/record-audit";
import type { Caller } from "@/server/auth/scope";
import { type Limit, throttle } from "@/server/auth/throttle";
import { Prisma } from "@/server/db/generated/client";
import { withTenant } from "@/server/db/tenant";
import type { ClientInfo } from "@/server/lib/client-info";
import type { CreateOrgInput } from "@/server/orgs/schema";
import { slugify } from "@/server/orgs/slug";

/** Each may send invitations: nobody makes organizations in order to. */
const foundings: Limit = { name: "org:create", max: 20, windowSeconds: 12 * 3600 };

/** For people: a new org of their own. @throws AppError limit */
export async function foundOrg({ user, requestId, client }: Caller, input: CreateOrgInput): Promise<{ slug: string }> {
  await throttle({ limit: foundings, subject: user.id });
  const actor = { type: "user", id: user.id, name: user.email } as const;
  const { slug } = await createOrg({ ownerId: user.id, actor, requestId, client }, input);
  return { slug };
}

type Founder = { ownerId: string; actor: Actor; requestId: string | null; client: ClientInfo };

const ATTEMPTS = 5;

/** Creates an org with its owner. A taken slug gets a short random ending. */
export async function createOrg(founder: Founder, input: CreateOrgInput): Promise<{ id: string; slug: string }> {
  const base = slugify(input.name);
  for (let attempt = 1; ; attempt++) {
    const slug = attempt === 1 ? base : `${base}-${randomBytes(2).toString("hex")}`;
    try {
      return await insertOrg(founder, input.name, slug);
    } catch (error) {
      if (attempt === ATTEMPTS || !isUniqueViolation(error)) throw error;
    }
  }
}

function insertOrg(founder: Founder, name: string, slug: string): Promise<{ id: string; slug: string }> {
  const id = randomUUID();
  return withTenant(id, async (db) => {
    await db.org.create({ data: { id, slug, name } });
    await db.membership.create({ data: { orgId: id, userId: founder.ownerId, role: "owner" } });
    const { actor, requestId, client } = founder;
    const target = { type: "org", id, name };
    await recordAudit({ org: { id }, actor, requestId, client, db }, { action: "org.create", target, after: { slug } });
    return { id, slug };
  });
}

const isUniqueViolation = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
