"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useForm, useWatch } from "react-hook-form";
import { NewPasswordField } from "@/components/auth/new-password-field";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { Button } from "@/components/ui/button";
import { ResetPasswordInput } from "@/server/auth/schema";

/** Chooses a new password by a mailed link. */
export function ResetPasswordForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations("auth.reset");
  const words = useTranslations("auth");
  const errorText = useErrorText();
  const reset = useMutation(useTRPC().auth.resetPassword.mutationOptions());
  const { register, handleSubmit, control, formState } = useForm({
    resolver: zodResolver(ResetPasswordInput),
    defaultValues: { token, password: "" },
  });
  const password = useWatch({ control, name: "password" });

  if (reset.isSuccess) {
    return (
      <div role="status" className="grid gap-4">
        <div>
          <h2 className="text-sm font-medium">{t("doneTitle")}</h2>
          <p className="mt-1 text-13 text-pretty text-muted-foreground">{t("doneLead")}</p>
        </div>
        <Button asChild size="lg">
          <Link href="/sign-in">{words("toSignIn")}</Link>
        </Button>
      </div>
    );
  }
  return (
    <form method="post" noValidate onSubmit={handleSubmit((input) => reset.mutate(input))} className="grid gap-4">
      <input type="email" value={email} autoComplete="username" readOnly hidden />
      <NewPasswordField
        {...register("password")}
        label={t("newPassword")}
        typed={password}
        hasError={Boolean(formState.errors.password)}
        autoFocus
      />
      <FormError error={reset.error && errorText(reset.error)} />
      <SubmitButton size="lg" isPending={reset.isPending} pendingLabel={t("submitting")}>
        {t("submit")}
      </SubmitButton>
    </form>
  );
}
