"use client";

import { useTranslations } from "next-intl";
import { ProofField } from "@/components/account/proof-field";
import { useProof } from "@/components/account/use-proof";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useErrorText } from "@/components/lib/use-error-text";
import { Button } from "@/components/ui/button";
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog";

type ProofFormProps = {
  title: string;
  text: string;
  submit: string;
  variant?: "default" | "destructive";
  mutation: { isPending: boolean; error: unknown };
  onProof: (proof: string) => void;
  onCancel: () => void;
};

/** Asks for the password or a code before what signing in takes changes. */
export function ProofForm({ title, text, submit, variant, mutation, onProof, onCancel }: ProofFormProps) {
  const t = useTranslations("account.twoFactor");
  const ui = useTranslations("ui");
  const errorText = useErrorText();
  const { submit: onSubmit, field } = useProof(onProof);
  return (
    <form method="post" noValidate onSubmit={onSubmit} className="grid gap-4">
      <DialogHeader>
        <DialogTitle>{title}</DialogTitle>
        <DialogDescription>{text}</DialogDescription>
      </DialogHeader>
      <ProofField {...field} />
      <FormError error={mutation.error ? errorText(mutation.error) : null} />
      <DialogFooter>
        <Button variant="outline" onClick={onCancel}>
          {ui("cancel")}
        </Button>
        <SubmitButton variant={variant} isPending={mutation.isPending} pendingLabel={t("working")}>
          {submit}
        </SubmitButton>
      </DialogFooter>
    </form>
  );
}
