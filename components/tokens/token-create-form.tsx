"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { Field } from "@/components/forms/field";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useErrorText } from "@/components/lib/use-error-text";
import { useOrg } from "@/components/orgs/org-context";
import { ExpiryFields } from "@/components/tokens/expiry-fields";
import { ScopeChoice } from "@/components/tokens/scope-choice";
import { type TokenForm, tokenForm, toOrder, wrongAddress } from "@/components/tokens/token-form-schema";
import { Button } from "@/components/ui/button";
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { type CreateTokenInput, DEFAULT_TOKEN_DAYS } from "@/server/tokens/schema";

type Order = z.input<typeof CreateTokenInput> & { org: string };

type TokenCreateFormProps = {
  mutation: { mutate: (order: Order) => void; isPending: boolean; error: unknown };
  onClose: () => void;
};

export function TokenCreateForm({ mutation, onClose }: TokenCreateFormProps) {
  const t = useTranslations("tokens.create");
  const ui = useTranslations("ui");
  const org = useOrg();
  const errorText = useErrorText();
  const { register, control, handleSubmit, formState } = useForm<TokenForm>({
    resolver: zodResolver(tokenForm(org.timezone)),
    defaultValues: { name: "", scopes: [], expires: `${DEFAULT_TOKEN_DAYS}`, day: "", addresses: "" },
  });
  const { errors } = formState;
  const submit = handleSubmit((form) => mutation.mutate({ org: org.slug, ...toOrder(form, org.timezone) }));
  return (
    <form method="post" noValidate onSubmit={submit} className="grid min-w-0 gap-4">
      <DialogHeader>
        <DialogTitle>{t("title")}</DialogTitle>
        <DialogDescription>{t("text", { org: org.name })}</DialogDescription>
      </DialogHeader>
      <Field label={t("name")} hint={t("nameHint")} error={errors.name && t("nameInvalid")}>
        {(field) => <Input {...field} {...register("name")} autoComplete="off" autoFocus className="h-9" />}
      </Field>
      <Controller
        control={control}
        name="scopes"
        render={({ field }) => (
          <ScopeChoice value={field.value} onValueChange={field.onChange} error={errors.scopes && t("scopesInvalid")} />
        )}
      />
      <ExpiryFields register={register} control={control} errors={errors} />
      <Controller
        control={control}
        name="addresses"
        render={({ field: { value, ...field } }) => (
          <Field
            label={t("addresses")}
            hint={t("addressesHint")}
            isOptional
            error={errors.addresses && addressError(value)}
          >
            {(props) => (
              <Textarea
                {...props}
                {...field}
                value={value}
                rows={2}
                placeholder={"203.0.113.7\n2001:db8::/32"}
                autoCapitalize="off"
                spellCheck={false}
                className="min-h-16 font-mono text-13"
              />
            )}
          </Field>
        )}
      />
      <FormError error={mutation.error ? errorText(mutation.error) : null} />
      <DialogFooter>
        <Button variant="outline" onClick={onClose}>
          {ui("cancel")}
        </Button>
        <SubmitButton isPending={mutation.isPending} pendingLabel={t("submitting")}>
          {t("submit")}
        </SubmitButton>
      </DialogFooter>
    </form>
  );

  function addressError(typed: string): string {
    const wrong = wrongAddress(typed);
    return wrong === null ? t("addressesTooMany") : t("addressesInvalid", { address: wrong });
  }
}
