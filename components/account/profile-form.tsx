"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import { Section } from "@/components/account/section";
import type { AccountOverview } from "@/components/account/types";
import { useSetLocale } from "@/components/account/use-set-locale";
import { FormError } from "@/components/forms/form-error";
import { Field } from "@/components/forms/field";
import { SubmitButton } from "@/components/forms/submit-button";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { useErrorToast } from "@/components/lib/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { isLocale, locales } from "@/i18n/locales";
import { ProfileInput } from "@/server/auth/schema";

export function ProfileForm({ account }: { account: AccountOverview }) {
  const t = useTranslations("account.profile");
  const words = useTranslations("auth");
  const languages = useTranslations("language");
  const currentLocale = useLocale();
  const errorText = useErrorText();
  const save = useSaveProfile();
  const { register, handleSubmit, control, formState } = useForm({
    resolver: zodResolver(ProfileInput),
    defaultValues: { name: account.name, locale: isLocale(account.locale) ? account.locale : currentLocale },
  });
  return (
    <Section title={t("title")} lead={t("lead")}>
      <form
        method="post"
        noValidate
        onSubmit={handleSubmit((input) => save.mutate(input))}
        className="grid max-w-md gap-4"
      >
        <Field label={t("name")} error={formState.errors.name && words("invalid.name")}>
          {(field) => <Input {...field} {...register("name")} defaultValue={account.name} autoComplete="name" />}
        </Field>
        <Address account={account} />
        <Field label={t("language")} hint={t("languageHint")}>
          {(field) => (
            <Controller
              control={control}
              name="locale"
              render={({ field: { value, onChange } }) => (
                <Select value={value} onValueChange={onChange}>
                  <SelectTrigger {...field} className="w-full">
                    <SelectValue />
                  </SelectTrigger>
                  <SelectContent>
                    {locales.map((locale) => (
                      <SelectItem key={locale} value={locale} lang={locale}>
                        {languages(locale)}
                      </SelectItem>
                    ))}
                  </SelectContent>
                </Select>
              )}
            />
          )}
        </Field>
        <FormError error={save.error && errorText(save.error)} />
        <SubmitButton isPending={save.isPending} pendingLabel={t("saving")} className="justify-self-start">
          {t("save")}
        </SubmitButton>
      </form>
    </Section>
  );
}

function useSaveProfile() {
  const t = useTranslations("account.profile");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { setLocale } = useSetLocale();
  return useMutation(
    trpc.account.updateProfile.mutationOptions({
      onSuccess: async (_, { locale }) => {
        toast.success(t("saved"));
        // Writes the page anew, with the name in its menu as well.
        setLocale(locale);
        await queryClient.invalidateQueries(trpc.account.get.pathFilter());
      },
    }),
  );
}

function Address({ account }: { account: AccountOverview }) {
  const t = useTranslations("account.profile");
  const onError = useErrorToast();
  const { email, isVerified } = account;
  const verify = useMutation(
    useTRPC().account.sendVerification.mutationOptions({
      onError,
      onSuccess: () => toast.success(t("verifySent", { email })),
    }),
  );
  return (
    <div className="grid gap-1.5">
      <p className="text-13 font-medium">{t("email")}</p>
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <span className="min-w-0 break-all">{email}</span>
        <Badge variant={isVerified ? "success" : "warning"}>{t(isVerified ? "verified" : "unverified")}</Badge>
        {!isVerified && (
          <Button variant="link" size="sm" disabled={verify.isPending} onClick={() => verify.mutate()}>
            {t("verify")}
          </Button>
        )}
      </div>
    </div>
  );
}
