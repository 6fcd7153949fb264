"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { UserPlusIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { useTRPC } from "@/components/lib/trpc";
import { InvitationList } from "@/components/members/invitation-list";
import { InviteDialog } from "@/components/members/invite-dialog";
import { MemberTable } from "@/components/members/member-table";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";

export function TeamClient() {
  const t = useTranslations("team");
  const org = useOrg().slug;
  const canWrite = useCan("members:write");
  const [isInviting, setInviting] = useState(false);
  const { data: members } = useSuspenseQuery(useTRPC().members.list.queryOptions({ org }));
  const invite = canWrite && (
    <Button onClick={() => setInviting(true)}>
      <UserPlusIcon />
      {t("invite.action")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} actions={invite} />
      <MemberTable members={members} />
      {canWrite && <Invitations org={org} />}
      {canWrite && <InviteDialog isOpen={isInviting} onOpenChange={setInviting} />}
    </>
  );
}

function Invitations({ org }: { org: string }) {
  const { data: invitations } = useSuspenseQuery(useTRPC().members.invitations.queryOptions({ org }));
  return <InvitationList invitations={invitations} />;
}
