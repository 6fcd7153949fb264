"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { Controller, useForm, useWatch } from "react-hook-form";
import { z } from "zod";
import { Field } from "@/components/forms/field";
import { FormError } from "@/components/forms/form-error";
import { PasswordInput } from "@/components/forms/password-input";
import { SubmitButton } from "@/components/forms/submit-button";
import { useErrorText } from "@/components/lib/use-error-text";
import { useOrg } from "@/components/orgs/org-context";
import { JoinChoice } from "@/components/sso/join-choice";
import { useSsoMutations } from "@/components/sso/use-sso-mutations";
import { Callout } from "@/components/ui/callout";
import { CardContent, CardFooter } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { SetProviderInput, type SsoSettings } from "@/server/sso/schema";

const { clientSecret } = SetProviderInput.shape;

/** Empty where a secret is stored means that it stays. */
const formSchema = (hasSecret: boolean) =>
  SetProviderInput.extend({ clientSecret: hasSecret ? clientSecret.or(z.literal("")) : clientSecret.unwrap() });

/** Registers Tollkeeper's side of the agreement with the provider. */
export function ProviderForm({ settings: { provider } }: { settings: SsoSettings }) {
  const t = useTranslations("sso.provider");
  const org = useOrg().slug;
  const errorText = useErrorText();
  const { setProvider } = useSsoMutations();
  const { register, control, handleSubmit, formState } = useForm({
    resolver: zodResolver(formSchema(provider !== null)),
    defaultValues: {
      issuer: provider?.issuer ?? "",
      clientId: provider?.clientId ?? "",
      clientSecret: "",
      joinAs: provider?.joinAs ?? null,
    },
  });
  const issuer = useWatch({ control, name: "issuer" });
  const { errors } = formState;
  const submit = handleSubmit(({ clientSecret: secret, ...rest }) =>
    setProvider.mutate({ org, ...rest, ...(secret ? { clientSecret: secret } : {}) }),
  );
  return (
    <form method="post" noValidate onSubmit={submit} className="border-t">
      <CardContent className="grid gap-4 pt-4 sm:pt-5">
        <Field label={t("issuer")} hint={t("issuerHint")} error={errors.issuer && t("issuerMissing")}>
          {(field) => (
            <Input
              {...field}
              {...register("issuer")}
              type="url"
              inputMode="url"
              placeholder="https://login.example.com"
              autoComplete="off"
              className="h-9"
            />
          )}
        </Field>
        {provider && issuer.trim() !== provider.issuer && <Callout variant="warning">{t("newIssuerText")}</Callout>}
        <Field label={t("clientId")} error={errors.clientId && t("clientIdMissing")}>
          {(field) => (
            <Input {...field} {...register("clientId")} autoComplete="off" spellCheck={false} className="h-9" />
          )}
        </Field>
        <Field
          label={t("secret")}
          hint={t(provider ? "secretStored" : "secretHint")}
          error={errors.clientSecret && t("secretMissing")}
        >
          {(field) => (
            <PasswordInput
              {...field}
              {...register("clientSecret")}
              labels={{ show: t("showSecret"), hide: t("hideSecret") }}
              autoComplete="off"
              data-1p-ignore
              data-lpignore="true"
              className="h-9"
            />
          )}
        </Field>
        <Controller
          control={control}
          name="joinAs"
          render={({ field }) => <JoinChoice value={field.value} onValueChange={field.onChange} />}
        />
        <FormError error={setProvider.error && errorText(setProvider.error)} />
      </CardContent>
      <CardFooter className="justify-end">
        <SubmitButton isPending={setProvider.isPending} pendingLabel={t("saving")} disabled={!formState.isDirty}>
          {t(provider ? "save" : "setUp")}
        </SubmitButton>
      </CardFooter>
    </form>
  );
}
