"use client";

import { ShieldCheckIcon, ShieldOffIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { MemberActions } from "@/components/members/member-actions";
import { TimeAgo } from "@/components/members/time-ago";
import { useCan } from "@/components/orgs/org-context";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import type { MemberSummary } from "@/server/members/schema";

/** Two lines, name and e-mail. */
const ROW_HEIGHT = 56;

/** Everybody in the organization. When somebody was seen, and what guards them, is for who manages people. */
export function MemberTable({ members }: { members: readonly MemberSummary[] }) {
  const t = useTranslations("team");
  const columns = useMemberColumns();
  const ownerCount = members.filter(({ role }) => role === "owner").length;
  return (
    <Card>
      <DataTable
        label={t("members")}
        columns={columns}
        rows={members}
        rowKey={({ userId }) => userId}
        sort={null}
        rowHeight={ROW_HEIGHT}
        rowActions={(member) => (
          <MemberActions member={member} isOnlyOwner={member.role === "owner" && ownerCount === 1} />
        )}
      />
    </Card>
  );
}

function useMemberColumns(): DataColumn<MemberSummary>[] {
  const t = useTranslations("team");
  const roles = useTranslations("orgs.role");
  const canWrite = useCan("members:write");
  const columns: DataColumn<MemberSummary>[] = [
    {
      id: "person",
      header: t("person"),
      value: ({ name, email }) => `${name} ${email}`,
      exportValue: ({ email }) => email,
      cell: (member) => <Person member={member} />,
      isHideable: false,
    },
    {
      id: "role",
      header: t("role"),
      value: ({ role }) => roles(role),
      cell: ({ role }) => <Badge variant={role === "owner" ? "accent" : "neutral"}>{roles(role)}</Badge>,
      width: 112,
    },
    {
      id: "since",
      header: t("since"),
      kind: "instant",
      value: ({ since }) => since,
      cell: ({ since }) => <TimeAgo instant={since} />,
      width: 136,
    },
  ];
  if (!canWrite) return columns;
  return [
    ...columns,
    {
      id: "lastSeen",
      header: t("lastSeen"),
      kind: "instant",
      value: ({ lastSeenAt }) => lastSeenAt,
      cell: ({ lastSeenAt }) =>
        lastSeenAt ? <TimeAgo instant={lastSeenAt} /> : <span className="text-muted-foreground">{t("never")}</span>,
      width: 136,
    },
    {
      id: "twoFactor",
      header: t("twoFactor"),
      value: ({ hasTwoFactor }) => t(hasTwoFactor ? "twoFactorOn" : "twoFactorOff"),
      cell: ({ hasTwoFactor }) => <TwoFactor isOn={hasTwoFactor === true} />,
      width: 112,
    },
  ];
}

function Person({ member: { name, email, isYou } }: { member: MemberSummary }) {
  const t = useTranslations("team");
  return (
    <span className="flex min-w-0 items-center gap-2.5 py-1.5">
      <Avatar name={name} className="max-sm:hidden" />
      <span className="min-w-0">
        <span className="flex min-w-0 items-center gap-1.5">
          <span className="name-text">{name}</span>
          {isYou && <Badge variant="outline">{t("you")}</Badge>}
        </span>
        <span className="block name-text text-xs font-normal text-muted-foreground" title={email}>
          {email}
        </span>
      </span>
    </span>
  );
}

function TwoFactor({ isOn }: { isOn: boolean }) {
  const t = useTranslations("team");
  const Icon = isOn ? ShieldCheckIcon : ShieldOffIcon;
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden="true" className={isOn ? "size-4 text-success-text" : "size-4 text-muted-foreground"} />
      {t(isOn ? "twoFactorOn" : "twoFactorOff")}
    </span>
  );
}
