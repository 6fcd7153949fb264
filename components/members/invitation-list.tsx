"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useFormat } from "@/components/lib/use-format";
import { InvitationActions } from "@/components/members/invitation-actions";
import { TimeAgo } from "@/components/members/time-ago";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { Badge } from "@/components/ui/badge";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { InvitationSummary } from "@/server/members/schema";

/** So few are seen at a glance. */
const FEW = 12;

/** Invitations that wait to be used; gone from the page when there is none. */
export function InvitationList({ invitations }: { invitations: readonly InvitationSummary[] }) {
  const t = useTranslations("team.pending");
  const columns = useInvitationColumns();
  if (invitations.length === 0) return null;
  return (
    <Card>
      <CardHeader className="border-b">
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>{t("text")}</CardDescription>
        </div>
      </CardHeader>
      <DataTable
        label={t("title")}
        columns={columns}
        rows={invitations}
        rowKey={({ id }) => id}
        sort={null}
        hasToolbar={invitations.length > FEW}
        rowActions={(invitation) => <InvitationActions invitation={invitation} />}
      />
    </Card>
  );
}

function useInvitationColumns(): DataColumn<InvitationSummary>[] {
  const t = useTranslations("team.pending");
  const team = useTranslations("team");
  const roles = useTranslations("orgs.role");
  return useMemo(
    () => [
      { id: "email", header: t("email"), value: ({ email }) => email, isHideable: false },
      { id: "role", header: team("role"), width: 96, value: ({ role }) => roles(role) },
      {
        id: "expires",
        header: t("expires"),
        kind: "instant",
        width: 168,
        value: ({ expiresAt }) => expiresAt,
        cell: (invitation) => <Expiry invitation={invitation} />,
      },
      { id: "invitedBy", header: t("invitedBy"), width: 176, value: ({ invitedBy }) => invitedBy ?? t("operator") },
      {
        id: "sent",
        header: t("sent"),
        kind: "instant",
        width: 128,
        value: ({ lastSentAt }) => lastSentAt,
        cell: ({ lastSentAt }) => <TimeAgo instant={lastSentAt} />,
      },
    ],
    [t, team, roles],
  );
}

function Expiry({ invitation: { isExpired, expiresAt } }: { invitation: InvitationSummary }) {
  const t = useTranslations("team.pending");
  const format = useFormat();
  if (isExpired) return <Badge variant="warning">{t("expired")}</Badge>;
  return (
    <time dateTime={expiresAt} title={format.instant(expiresAt, "full")} className="whitespace-nowrap">
      {format.instant(expiresAt)}
    </time>
  );
}
