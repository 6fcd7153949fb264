"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/forms/field";
import { Input } from "@/components/ui/input";

/** Six digits of an authenticator app. */
export function CodeField({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  const t = useTranslations("auth.code");
  return (
    <Field label={t("app")} hint={t("appHint")}>
      {(field) => (
        <Input
          {...field}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck={false}
          maxLength={40}
          className="h-9 font-mono tracking-wider"
        />
      )}
    </Field>
  );
}
