import { openOrg } from "@/cli/access";
import { defineCommand } from "@/cli/command";
import { renderTable } from "@/cli/output/table";

type Options = { org: string };

export const members = defineCommand<Options>({
  name: "members",
  summary: "List an organization's members and open invitations",
  define: (command) => command.requiredOption("--org <slug>", "organization of Tollkeeper"),

  prepare: (options) => async () => {
    const { listInvitations, listMembers } = await import("@/server/members/list-members");
    const { joined, invited } = await (await openOrg(options.org)).inScope(async (scope) => ({
      joined: await listMembers(scope),
      invited: await listInvitations(scope),
    }));
    const rows = joined.map((member) => ({
      user_id: member.userId,
      email: member.email,
      name: member.name,
      role: member.role,
      since: member.since,
      last_seen_at: member.lastSeenAt,
      two_factor: member.hasTwoFactor,
    }));
    const invitations = invited.map((invitation) => ({
      id: invitation.id,
      email: invitation.email,
      role: invitation.role,
      invited_by: invitation.invitedBy,
      sent_at: invitation.lastSentAt,
      expires_at: invitation.expiresAt,
      expired: invitation.isExpired,
    }));
    return { json: { rows, invitations }, text: toText(rows, invitations) };
  },
});

type Row = Record<"email" | "name" | "role", string> & { last_seen_at: string | null; two_factor: boolean | null };
type Invited = Record<"email" | "role" | "expires_at", string> & { expired: boolean };

function toText(rows: readonly Row[], invitations: readonly Invited[]): string {
  const table = renderTable(
    [{ title: "email" }, { title: "name" }, { title: "role" }, { title: "last_seen_at" }, { title: "two_factor" }],
    rows.map((row) => [row.email, row.name, row.role, row.last_seen_at, row.two_factor]),
  );
  if (invitations.length === 0) return table;
  const open = renderTable(
    [{ title: "invited" }, { title: "role" }, { title: "expires_at" }, { title: "expired" }],
    invitations.map((row) => [row.email, row.role, row.expires_at, row.expired]),
  );
  return `${table}\n\n${open}`;
}
