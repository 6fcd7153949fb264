"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/forms/field";
import { PasswordInput } from "@/components/forms/password-input";

type ProofFieldProps = { value: string; isMissing: boolean; onChange: (proof: string) => void };

/** Asks for the password, a code of the app or a recovery code. */
export function ProofField({ value, isMissing, onChange }: ProofFieldProps) {
  const t = useTranslations("account.twoFactor");
  const words = useTranslations("auth.invalid");
  return (
    <Field label={t("proof")} hint={t("proofHint")} error={isMissing ? words("password") : undefined}>
      {(field) => (
        <PasswordInput
          {...field}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoComplete="current-password"
          maxLength={200}
        />
      )}
    </Field>
  );
}
