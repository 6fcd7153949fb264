"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { HowToCreateKey } from "@/components/connections/how-to-create-key";
import { FormError } from "@/components/forms/form-error";
import { Field } from "@/components/forms/field";
import { PasswordInput } from "@/components/forms/password-input";
import { SubmitButton } from "@/components/forms/submit-button";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { useOrg } from "@/components/orgs/org-context";
import { type KeyVerification, VerifyKeyInput } from "@/server/connections/schema";

type KeyFormProps = { onVerified: (adminKey: string, verification: KeyVerification) => void };

/** Asks for an Admin key and has it checked. The key lives in this form's memory only, and leaves it with the form. */
export function KeyForm({ onVerified }: KeyFormProps) {
  const t = useTranslations("connections.form");
  const org = useOrg();
  const errorText = useErrorText();
  const { register, handleSubmit, setFocus, formState } = useForm({
    resolver: zodResolver(VerifyKeyInput),
    defaultValues: { adminKey: "" },
  });
  const verify = useMutation(
    useTRPC().connections.verify.mutationOptions({
      gcTime: 0,
      onSuccess: (verification, { adminKey }) => onVerified(adminKey, verification),
      onError: () => setFocus("adminKey", { shouldSelect: true }),
    }),
  );

  return (
    <form
      method="post"
      noValidate
      onSubmit={handleSubmit(({ adminKey }) => verify.mutate({ org: org.slug, adminKey }))}
      className="grid gap-4"
    >
      <Field label={t("keyLabel")} hint={t("keyHint")} error={formState.errors.adminKey && t("keyMissing")}>
        {(control) => (
          <PasswordInput
            {...control}
            {...register("adminKey")}
            labels={{ show: t("showKey"), hide: t("hideKey") }}
            placeholder="sk-admin-…"
            autoComplete="off"
            data-1p-ignore
            data-lpignore="true"
            className="h-9 font-mono"
          />
        )}
      </Field>
      <FormError error={verify.error && errorText(verify.error)} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <SubmitButton isPending={verify.isPending} pendingLabel={t("verifying")}>
          {t("verify")}
        </SubmitButton>
        <span className="text-xs text-muted-foreground">{t("nothingStored")}</span>
      </div>
      <HowToCreateKey />
    </form>
  );
}
