"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { Field } from "@/components/forms/field";
import { PasswordInput } from "@/components/forms/password-input";
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

const SHORTEST = 6;

/** Asks for the password or a code before the second factor changes. */
export function ProofForm({ title, text, submit, variant, mutation, onProof, onCancel }: ProofFormProps) {
  const t = useTranslations("account.twoFactor");
  const words = useTranslations("auth.invalid");
  const ui = useTranslations("ui");
  const errorText = useErrorText();
  const [proof, setProof] = useState("");
  const [isMissing, setMissing] = useState(false);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(proof.length < SHORTEST);
    if (proof.length >= SHORTEST) onProof(proof);
  };
  return (
    <form method="post" noValidate onSubmit={onSubmit} className="grid gap-4">
      <DialogHeader>
        <DialogTitle>{title}</DialogTitle>
        <DialogDescription>{text}</DialogDescription>
      </DialogHeader>
      <Field label={t("proof")} hint={t("proofHint")} error={isMissing ? words("password") : undefined}>
        {(field) => (
          <PasswordInput
            {...field}
            value={proof}
            onChange={(event) => setProof(event.target.value)}
            autoComplete="current-password"
            maxLength={200}
          />
        )}
      </Field>
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
