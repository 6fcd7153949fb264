"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Field } from "@/components/forms/field";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { useFormat } from "@/components/lib/use-format";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { DELETION_GRACE_DAYS } from "@/server/orgs/schema";

type DeleteOrgDialogProps = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

/** Says what will be gone and when, and asks for the slug. */
export function DeleteOrgDialog({ isOpen, onOpenChange }: DeleteOrgDialogProps) {
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent>
        <DeleteOrgForm onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

const MS_PER_DAY = 86_400_000;

function DeleteOrgForm({ onClose }: { onClose: () => void }) {
  const t = useTranslations("orgs.deletion");
  const ui = useTranslations("ui");
  const { slug, name } = useOrg();
  const format = useFormat();
  const errorText = useErrorText();
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
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <DialogHeader>
        <DialogTitle>{t("title", { name })}</DialogTitle>
        <DialogDescription>{t("text", { date: format.instant(deleteAfter) })}</DialogDescription>
      </DialogHeader>
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
      <FormError error={request.error && errorText(request.error)} />
      <DialogFooter>
        <Button variant="outline" onClick={onClose}>
          {ui("cancel")}
        </Button>
        <SubmitButton variant="destructive" isPending={request.isPending} pendingLabel={t("submitting")}>
          {t("submit")}
        </SubmitButton>
      </DialogFooter>
    </form>
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
