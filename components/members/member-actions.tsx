"use client";

import { CrownIcon, EllipsisIcon, LogOutIcon, UserCogIcon, UserMinusIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { ChangeRoleDialog } from "@/components/members/change-role-dialog";
import { useRoles } from "@/components/members/use-roles";
import { useTeamMutations } from "@/components/members/use-team-mutations";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { MemberSummary } from "@/server/members/schema";

type Asked = "changeRole" | "transfer" | "remove" | "leave" | null;

type MemberActionsProps = { member: MemberSummary; isOnlyOwner: boolean };

/** The menu of one member: only what the reader may do, and nothing that would leave the organization without owner. */
export function MemberActions({ member, isOnlyOwner }: MemberActionsProps) {
  const t = useTranslations("team");
  const org = useOrg();
  const roles = useRoles();
  const canMakeOwners = useCan("owners:write");
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const mutations = useTeamMutations(member, close);
  const { name, isYou } = member;
  const canManage = roles.includes(member.role) && !isOnlyOwner;
  const canTransfer = canMakeOwners && !isYou && member.role !== "owner";
  const canLeave = isYou && !isOnlyOwner;
  if (!canManage && !canLeave && !canTransfer) return null;
  const dialog = (kind: Asked) => ({
    isOpen: asked === kind,
    onOpenChange: (isOpen: boolean) => setAsked(isOpen ? kind : null),
  });
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={t("menu", { name })}>
            <EllipsisIcon />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {canManage && (
            <DropdownMenuItem onSelect={() => setAsked("changeRole")}>
              <UserCogIcon />
              {t("changeRole.action")}
            </DropdownMenuItem>
          )}
          {canTransfer && (
            <DropdownMenuItem onSelect={() => setAsked("transfer")}>
              <CrownIcon />
              {t("transfer.action")}
            </DropdownMenuItem>
          )}
          {(canManage || canTransfer) && <DropdownMenuSeparator />}
          {isYou ? (
            <DropdownMenuItem variant="destructive" onSelect={() => setAsked("leave")}>
              <LogOutIcon />
              {t("leave.action")}
            </DropdownMenuItem>
          ) : (
            <DropdownMenuItem variant="destructive" onSelect={() => setAsked("remove")}>
              <UserMinusIcon />
              {t("remove.action")}
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <ChangeRoleDialog {...dialog("changeRole")} member={member} mutation={mutations.changeRole} />
      <ConfirmDialog
        {...dialog("transfer")}
        title={t("transfer.title", { name })}
        text={t("transfer.text", { name })}
        submit={t("transfer.submit")}
        variant="default"
        mutation={mutations.transfer}
        onConfirm={mutations.transfer.run}
      />
      <ConfirmDialog
        {...dialog("remove")}
        title={t("remove.title", { name })}
        text={t("remove.text")}
        submit={t("remove.submit")}
        mutation={mutations.remove}
        onConfirm={mutations.remove.run}
      />
      <ConfirmDialog
        {...dialog("leave")}
        title={t("leave.title", { org: org.name })}
        text={t("leave.text")}
        submit={t("leave.submit")}
        mutation={mutations.leave}
        onConfirm={mutations.leave.run}
      />
    </>
  );
}
