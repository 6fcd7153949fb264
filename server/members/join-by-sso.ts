import { recordAudit } from "@/server/audit/record-audit";
import type { Account } from "@/server/auth/account";
import type { OrgAccess } from "@/server/auth/scope";
import type { ClientInfo } from "@/server/lib/client-info";
import type { Role } from "@/server/members/schema";

/** Makes somebody a member whom the org's own identity provider has signed in; a member stays what they are. */
export async function joinBySso(
  access: OrgAccess,
  { id, email }: Account,
  { role, client }: { role: Role; client: ClientInfo },
): Promise<void> {
  await access.inScope(async ({ db, org, requestId }) => {
    const { count } = await db.membership.createMany({
      data: [{ orgId: org.id, userId: id, role }],
      skipDuplicates: true,
    });
    if (count === 0) return;
    // Not scope.audit: who joins is not who came in, which is nobody yet.
    await recordAudit(
      { org, db, client, requestId, actor: { type: "user", id, name: email } },
      { action: "member.join", target: { type: "user", id, name: email }, after: { role, method: `oidc:${org.id}` } },
    );
  });
}
