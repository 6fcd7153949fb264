"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { attemptSignIn } from "@/components/auth/attempt-sign-in";
import { EmailField } from "@/components/auth/email-field";
import { MailSent } from "@/components/auth/mail-sent";
import { NewPasswordField } from "@/components/auth/new-password-field";
import { FormError } from "@/components/forms/form-error";
import { Field } from "@/components/forms/field";
import { SubmitButton } from "@/components/forms/submit-button";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { Input } from "@/components/ui/input";
import { SignUpInput } from "@/server/auth/schema";

type SignUpFormProps = { callbackPath: string; signInHref: string; suggestedEmail: string };

/** Creates the account; signs in with it at once, or asks to confirm the address where there is a mail server. */
export function SignUpForm({ callbackPath, signInHref, suggestedEmail }: SignUpFormProps) {
  const t = useTranslations("auth");
  const errorText = useErrorText();
  const locale = useLocale();
  const signUp = useMutation(useTRPC().auth.signUp.mutationOptions());
  const [isLeaving, setLeaving] = useState(false);
  const [confirming, setConfirming] = useState<string | null>(null);
  const { register, handleSubmit, control, formState } = useForm({
    resolver: zodResolver(SignUpInput),
    defaultValues: {
      name: "",
      email: suggestedEmail,
      password: "",
      locale,
      ...(callbackPath === "/" ? {} : { callbackPath }),
    },
  });
  const password = useWatch({ control, name: "password" });
  const isBusy = formState.isSubmitting || isLeaving;

  const submit = handleSubmit(async (input) => {
    const answer = await signUp.mutateAsync(input).catch(() => null);
    if (answer?.next === "confirm_address") setConfirming(input.email);
    if (answer?.next !== "sign_in") return;
    setLeaving(true);
    const { email, password: secret } = input;
    const outcome = await attemptSignIn({ email, password: secret });
    window.location.assign(outcome.kind === "ok" ? callbackPath : signInHref);
  });

  if (confirming)
    return (
      <MailSent kind="verify" email={confirming} callbackPath={callbackPath} onOther={() => setConfirming(null)} />
    );

  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <Field label={t("name")} error={formState.errors.name && t("invalid.name")}>
        {(field) => <Input {...field} {...register("name")} autoComplete="name" autoFocus className="h-9" />}
      </Field>
      <EmailField {...register("email")} hasError={Boolean(formState.errors.email)} />
      <NewPasswordField
        {...register("password")}
        label={t("password")}
        typed={password}
        hasError={Boolean(formState.errors.password)}
      />
      <FormError error={signUp.error && errorText(signUp.error)} />
      <SubmitButton size="lg" isPending={isBusy} pendingLabel={t("signingUp")}>
        {t("signUp")}
      </SubmitButton>
    </form>
  );
}
