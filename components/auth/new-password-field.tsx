"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Field } from "@/components/forms/field";
import { PasswordInput } from "@/components/forms/password-input";

const PASSWORD_MIN = 12;

type NewPasswordFieldProps = ComponentProps<typeof PasswordInput> & {
  label: string;
  /** What is typed, for saying how much is missing. */
  typed: string;
  hasError: boolean;
};

/** For a password that is being chosen: at sign-up, by a mailed link, in the account. */
export function NewPasswordField({ label, typed, hasError, ...props }: NewPasswordFieldProps) {
  const t = useTranslations("auth");
  const missing = PASSWORD_MIN - typed.length;
  const error = missing > 0 ? t("invalid.passwordShort", { missing }) : t("invalid.passwordLong");
  return (
    <Field label={label} hint={t("passwordHint")} error={hasError ? error : undefined}>
      {(control) => <PasswordInput {...control} autoComplete="new-password" className="h-9" {...props} />}
    </Field>
  );
}
