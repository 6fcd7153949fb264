"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { DialogForm, FormDialog } from "@/components/forms/form-dialog";
import { Field } from "@/components/forms/field";
import { useTRPC } from "@/components/lib/trpc";
import { useFormat } from "@/components/lib/use-format";
import { useOrg } from "@/components/orgs/org-context";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { DELETION_GRACE_DAYS } from "@/server/orgs/schema";

type DeleteOrgDialogProps = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

/** Says what will be gone and when, and asks for the slug. */
export function DeleteOrgDialog({ isOpen, onOpenChange }: DeleteOrgDialogProps) {
  return (
    <FormDialog isOpen={isOpen} onClose={() => onOpenChange(false)}>
      <DeleteOrgForm onClose={() => onOpenChange(false)} />
    </FormDialog>
  );
}

const MS_PER_DAY = 86_400_000;

function DeleteOrgForm({ onClose }: { onClose: () => void }) {
  const t = useTranslations("orgs.deletion");
  const { slug, name } = useOrg();
  const format = useFormat();
  const request = useRequestDeletion(onClose);
  const [typed, setTyped] = useState("");
  const [isMismatch, setMismatch] = useState(false);
  const [deleteAfter] = useState(() => new Date(Date.now() + DELETION_GRACE_DAYS * MS_PER_DAY).toISOString());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isConfirmed = typed.trim() === slug;
    setMismatch(!isConfirmed);
    if (isConfirmed) request.mutate({ org: slug, slug: typed });
  };
  return (
    <DialogForm
      title={t("title", { name })}
      text={t("text", { date: format.instant(deleteAfter) })}
      mutation={request}
      submit={{ label: t("submit"), pendingLabel: t("submitting"), variant: "destructive" }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t("confirm", { slug })} error={isMismatch ? t("mismatch", { slug }) : undefined}>
        {(control) => (
          <Input
            {...control}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
        )}
      </Field>
    </DialogForm>
  );
}

function useRequestDeletion(onDone: () => void) {
  const t = useTranslations("orgs.deletion");
  const { name } = useOrg();
  const format = useFormat();
  const router = useRouter();
  return useMutation(
    useTRPC().orgs.requestDeletion.mutationOptions({
      onSuccess: ({ deleteAfter }) => {
        toast.success(t("requested", { name, date: format.instant(deleteAfter) }));
        onDone();
        router.refresh();
      },
    }),
  );
}
