"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { DialogForm, FormDialog } from "@/components/forms/form-dialog";
import { RoleChoice } from "@/components/members/role-choice";
import { useRoles } from "@/components/members/use-roles";
import type { MemberSummary, Role } from "@/server/members/schema";

type ChangeRoleDialogProps = {
  member: MemberSummary;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  mutation: { isPending: boolean; error: unknown; run: (role: Role) => void };
};

export function ChangeRoleDialog({ isOpen, onOpenChange, ...form }: ChangeRoleDialogProps) {
  return (
    <FormDialog isOpen={isOpen} onClose={() => onOpenChange(false)}>
      <ChangeRoleForm {...form} onClose={() => onOpenChange(false)} />
    </FormDialog>
  );
}

type FormProps = Pick<ChangeRoleDialogProps, "member" | "mutation"> & { onClose: () => void };

function ChangeRoleForm({ member, mutation, onClose }: FormProps) {
  const t = useTranslations("team");
  const [role, setRole] = useState(member.role);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (role === member.role) onClose();
    else mutation.run(role);
  };
  return (
    <DialogForm
      title={t("changeRole.title", { name: member.name })}
      text={t("changeRole.text")}
      mutation={mutation}
      submit={{ label: t("changeRole.submit"), pendingLabel: t("changeRole.submitting") }}
      onSubmit={submit}
      onClose={onClose}
    >
      <RoleChoice label={t("role")} roles={useRoles()} value={role} onValueChange={setRole} />
    </DialogForm>
  );
}
