"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Field } from "@/components/forms/field";
import { Input } from "@/components/ui/input";

type EmailFieldProps = Omit<ComponentProps<"input">, "type"> & { hasError: boolean };

export function EmailField({ hasError, ...props }: EmailFieldProps) {
  const t = useTranslations("auth");
  return (
    <Field label={t("email")} error={hasError ? t("invalid.email") : undefined}>
      {(control) => (
        <Input {...control} type="email" inputMode="email" autoComplete="username" className="h-9" {...props} />
      )}
    </Field>
  );
}
