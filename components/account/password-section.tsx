"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm, useWatch } from "react-hook-form";
import { Section } from "@/components/account/section";
import type { AccountOverview } from "@/components/account/types";
import { NewPasswordField } from "@/components/auth/new-password-field";
import { FormError } from "@/components/forms/form-error";
import { Field } from "@/components/forms/field";
import { PasswordInput } from "@/components/forms/password-input";
import { SubmitButton } from "@/components/forms/submit-button";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { useErrorToast } from "@/components/lib/use-error-toast";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { ChangePasswordInput } from "@/server/auth/schema";

export function PasswordSection({ account }: { account: AccountOverview }) {
  const t = useTranslations("account.password");
  if (!account.hasPassword) return <NoPassword email={account.email} />;
  return (
    <Section title={t("title")} lead={t("lead")}>
      <ChangePasswordForm email={account.email} />
    </Section>
  );
}

function ChangePasswordForm({ email }: { email: string }) {
  const t = useTranslations("account.password");
  const words = useTranslations("auth");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const { register, handleSubmit, control, reset, formState } = useForm({
    resolver: zodResolver(ChangePasswordInput),
    defaultValues: { current: "", password: "" },
  });
  const typed = useWatch({ control, name: "password" });
  const change = useMutation(
    trpc.account.changePassword.mutationOptions({
      onSuccess: async () => {
        reset();
        toast.success(t("changed"), { description: t("changedText") });
        await queryClient.invalidateQueries(trpc.account.pathFilter());
      },
    }),
  );
  return (
    <form
      method="post"
      noValidate
      onSubmit={handleSubmit((input) => change.mutate(input))}
      className="grid max-w-md gap-4"
    >
      <input type="email" value={email} autoComplete="username" readOnly hidden />
      <Field label={t("current")} error={formState.errors.current && words("invalid.password")}>
        {(field) => (
          <PasswordInput {...field} {...register("current")} autoComplete="current-password" className="h-9" />
        )}
      </Field>
      <NewPasswordField
        {...register("password")}
        label={t("new")}
        typed={typed}
        hasError={Boolean(formState.errors.password)}
      />
      <FormError error={change.error && errorText(change.error)} />
      <SubmitButton isPending={change.isPending} pendingLabel={t("submitting")} className="justify-self-start">
        {t("submit")}
      </SubmitButton>
    </form>
  );
}

function NoPassword({ email }: { email: string }) {
  const t = useTranslations("account.password");
  const onError = useErrorToast();
  const send = useMutation(
    useTRPC().account.sendPasswordLink.mutationOptions({
      onError,
      onSuccess: () => toast.success(t("linkSent", { email })),
    }),
  );
  return (
    <Section
      title={t("title")}
      lead={t("none")}
      action={
        <Button variant="outline" disabled={send.isPending} onClick={() => send.mutate()}>
          {t("sendLink")}
        </Button>
      }
    />
  );
}
