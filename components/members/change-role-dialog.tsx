"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useErrorText } from "@/components/lib/use-error-text";
import { RoleChoice } from "@/components/members/role-choice";
import { useRoles } from "@/components/members/use-roles";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import type { MemberSummary, Role } from "@/server/members/schema";

type ChangeRoleDialogProps = {
  member: MemberSummary;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  mutation: { isPending: boolean; error: unknown; run: (role: Role) => void };
};

export function ChangeRoleDialog({ isOpen, onOpenChange, ...form }: ChangeRoleDialogProps) {
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent>
        <ChangeRoleForm {...form} onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

type FormProps = Pick<ChangeRoleDialogProps, "member" | "mutation"> & { onClose: () => void };

function ChangeRoleForm({ member, mutation, onClose }: FormProps) {
  const t = useTranslations("team");
  const ui = useTranslations("ui");
  const errorText = useErrorText();
  const [role, setRole] = useState(member.role);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (role === member.role) onClose();
    else mutation.run(role);
  };
  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      <DialogHeader>
        <DialogTitle>{t("changeRole.title", { name: member.name })}</DialogTitle>
        <DialogDescription>{t("changeRole.text")}</DialogDescription>
      </DialogHeader>
      <RoleChoice label={t("role")} roles={useRoles()} value={role} onValueChange={setRole} />
      <FormError error={mutation.error ? errorText(mutation.error) : null} />
      <DialogFooter>
        <Button variant="outline" onClick={onClose}>
          {ui("cancel")}
        </Button>
        <SubmitButton isPending={mutation.isPending} pendingLabel={t("changeRole.submitting")}>
          {t("changeRole.submit")}
        </SubmitButton>
      </DialogFooter>
    </form>
  );
}
