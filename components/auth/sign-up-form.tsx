"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { attemptSignIn } from "@/components/auth/sign-in-form";
import { FormError } from "@/components/forms/form-error";
import { Field } from "@/components/forms/field";
import { PasswordInput } from "@/components/forms/password-input";
import { SubmitButton } from "@/components/forms/submit-button";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { Input } from "@/components/ui/input";
import { SignUpInput } from "@/server/auth/schema";

const PASSWORD_MIN = 12;

/** Creates the account, signs in with it at once and goes on. */
export function SignUpForm({ callbackPath, signInHref }: { callbackPath: string; signInHref: string }) {
  const t = useTranslations("auth");
  const errorText = useErrorText();
  const signUp = useMutation(useTRPC().auth.signUp.mutationOptions());
  const [isLeaving, setLeaving] = useState(false);
  const { register, handleSubmit, control, formState } = useForm({
    resolver: zodResolver(SignUpInput),
    defaultValues: { name: "", email: "", password: "" },
  });
  const password = useWatch({ control, name: "password" });
  const isBusy = formState.isSubmitting || isLeaving;

  const submit = handleSubmit(async (input) => {
    const created = await signUp.mutateAsync(input).catch(() => null);
    if (!created) return;
    setLeaving(true);
    const outcome = await attemptSignIn(input.email, input.password);
    window.location.assign(outcome === "ok" ? callbackPath : signInHref);
  });

  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <Field label={t("name")} error={formState.errors.name && t("invalid.name")}>
        {(field) => <Input {...field} {...register("name")} autoComplete="name" autoFocus className="h-9" />}
      </Field>
      <Field label={t("email")} error={formState.errors.email && t("invalid.email")}>
        {(field) => (
          <Input
            {...field}
            {...register("email")}
            type="email"
            inputMode="email"
            autoComplete="username"
            className="h-9"
          />
        )}
      </Field>
      <Field
        label={t("password")}
        hint={t("passwordHint")}
        error={
          formState.errors.password &&
          (password.length < PASSWORD_MIN
            ? t("invalid.passwordShort", { missing: PASSWORD_MIN - password.length })
            : t("invalid.passwordLong"))
        }
      >
        {(field) => <PasswordInput {...field} {...register("password")} autoComplete="new-password" className="h-9" />}
      </Field>
      <FormError error={signUp.error && errorText(signUp.error)} />
      <SubmitButton size="lg" isPending={isBusy} pendingLabel={t("signingUp")}>
        {t("signUp")}
      </SubmitButton>
    </form>
  );
}
