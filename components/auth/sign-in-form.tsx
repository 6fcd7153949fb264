"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { FormError } from "@/components/forms/form-error";
import { Field } from "@/components/forms/field";
import { PasswordInput } from "@/components/forms/password-input";
import { SubmitButton } from "@/components/forms/submit-button";
import { Input } from "@/components/ui/input";
import { SignInInput } from "@/server/auth/schema";

/** Posts to next-auth; a full page load follows, so that password managers see a finished sign-in. */
export function SignInForm({ callbackPath }: { callbackPath: string }) {
  const t = useTranslations("auth");
  const [problem, setProblem] = useState<"wrong" | "unreachable" | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const { register, handleSubmit, setFocus, formState } = useForm({
    resolver: zodResolver(SignInInput),
    defaultValues: { email: "", password: "" },
  });
  const isBusy = formState.isSubmitting || isLeaving;

  const submit = handleSubmit(async ({ email, password }) => {
    setProblem(null);
    const outcome = await attemptSignIn(email, password);
    if (outcome === "ok") {
      setLeaving(true);
      window.location.assign(callbackPath);
      return;
    }
    setProblem(outcome);
    setFocus("password", { shouldSelect: true });
  });

  return (
    // The method keeps a password out of the URL if the page is submitted before its script runs.
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <Field label={t("email")} error={formState.errors.email && t("invalid.email")}>
        {(control) => (
          <Input
            {...control}
            {...register("email")}
            type="email"
            inputMode="email"
            autoComplete="username"
            autoFocus
            className="h-9"
          />
        )}
      </Field>
      <Field label={t("password")} error={formState.errors.password && t("invalid.password")}>
        {(control) => (
          <PasswordInput {...control} {...register("password")} autoComplete="current-password" className="h-9" />
        )}
      </Field>
      <FormError error={problem && { text: t(problem), requestId: null }} />
      <SubmitButton size="lg" isPending={isBusy} pendingLabel={t("signingIn")}>
        {t("signIn")}
      </SubmitButton>
    </form>
  );
}

export async function attemptSignIn(email: string, password: string): Promise<"ok" | "wrong" | "unreachable"> {
  try {
    const answer = await signIn("credentials", { email, password, redirect: false });
    if (answer.error) return answer.error === "CredentialsSignin" ? "wrong" : "unreachable";
    return answer.ok ? "ok" : "unreachable";
  } catch {
    return "unreachable";
  }
}
