"use client";

import { useTranslations } from "next-intl";
import { useFormat } from "@/components/lib/use-format";
import { InvitationActions } from "@/components/members/invitation-actions";
import { TimeAgo } from "@/components/members/time-ago";
import { Badge } from "@/components/ui/badge";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { cardTableClasses } from "@/components/ui/card-table";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { InvitationSummary } from "@/server/members/schema";

/** Invitations that wait to be used; gone from the page when there is none. */
export function InvitationList({ invitations }: { invitations: readonly InvitationSummary[] }) {
  const t = useTranslations("team.pending");
  if (invitations.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>{t("text")}</CardDescription>
        </div>
      </CardHeader>
      <Table className={cardTableClasses}>
        <TableHeader>
          <TableRow>
            <TableHead>{t("email")}</TableHead>
            <TableHead className="max-md:hidden">{t("invitedBy")}</TableHead>
            <TableHead className="max-lg:hidden">{t("sent")}</TableHead>
            <TableHead className="max-sm:hidden">{t("expires")}</TableHead>
            <TableHead />
          </TableRow>
        </TableHeader>
        <TableBody>
          {invitations.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function InvitationRow({ invitation }: { invitation: InvitationSummary }) {
  const t = useTranslations("team.pending");
  const roles = useTranslations("orgs.role");
  const { email, role, invitedBy, lastSentAt, expiresAt, isExpired } = invitation;
  return (
    <TableRow>
      <TableCell className="max-w-64">
        <span className="block name-text font-medium" title={email}>
          {email}
        </span>
        <span className="flex items-center gap-1.5 text-xs text-muted-foreground">
          {roles(role)}
          {isExpired && (
            <Badge variant="warning" className="sm:hidden">
              {t("expired")}
            </Badge>
          )}
        </span>
      </TableCell>
      <TableCell className="max-w-48 text-muted-foreground max-md:hidden">
        <span className="block name-text">{invitedBy ?? t("operator")}</span>
      </TableCell>
      <TableCell className="text-muted-foreground max-lg:hidden">
        <TimeAgo instant={lastSentAt} />
      </TableCell>
      <TableCell className="text-muted-foreground max-sm:hidden">
        {isExpired ? <Badge variant="warning">{t("expired")}</Badge> : <ExpiryTime instant={expiresAt} />}
      </TableCell>
      <TableCell className="w-px text-right">
        <InvitationActions invitation={invitation} />
      </TableCell>
    </TableRow>
  );
}

function ExpiryTime({ instant }: { instant: string }) {
  const format = useFormat();
  return (
    <time dateTime={instant} title={format.instant(instant, "full")} className="whitespace-nowrap">
      {format.instant(instant)}
    </time>
  );
}
