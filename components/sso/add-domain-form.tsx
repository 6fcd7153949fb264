"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { Field } from "@/components/forms/field";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useErrorText } from "@/components/lib/use-error-text";
import { useOrg } from "@/components/orgs/org-context";
import { useSsoMutations } from "@/components/sso/use-sso-mutations";
import { Input } from "@/components/ui/input";
import { DomainInput } from "@/server/sso/schema";

export function AddDomainForm() {
  const t = useTranslations("sso.domains");
  const org = useOrg().slug;
  const errorText = useErrorText();
  const { register, handleSubmit, formState, reset } = useForm({
    resolver: zodResolver(DomainInput),
    defaultValues: { domain: "" },
  });
  const { addDomain } = useSsoMutations(reset);
  return (
    <form
      method="post"
      noValidate
      onSubmit={handleSubmit(({ domain }) => addDomain.mutate({ org, domain }))}
      className="grid gap-3 border-t px-4 py-4 sm:px-5"
    >
      <div className="flex flex-col gap-3 sm:flex-row sm:items-start">
        <Field
          label={t("label")}
          hint={t("hint")}
          error={formState.errors.domain && t("missing")}
          className="min-w-0 flex-1"
        >
          {(field) => (
            <Input
              {...field}
              {...register("domain")}
              placeholder={t("placeholder")}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              inputMode="url"
              className="h-9"
            />
          )}
        </Field>
        <SubmitButton
          variant="outline"
          isPending={addDomain.isPending}
          pendingLabel={t("adding")}
          className="h-9 sm:mt-[1.625rem]"
        >
          {t("add")}
        </SubmitButton>
      </div>
      <FormError error={addDomain.error && errorText(addDomain.error)} />
    </form>
  );
}
