"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { FormError } from "@/components/forms/form-error";
import { Field } from "@/components/forms/field";
import { SubmitButton } from "@/components/forms/submit-button";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { Input } from "@/components/ui/input";
import { CreateOrgInput } from "@/server/orgs/schema";

/** Creates the organization and goes on to its first page. */
export function CreateOrgForm() {
  const t = useTranslations("orgs");
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(CreateOrgInput),
    defaultValues: { name: "" },
  });
  const create = useMutation(
    trpc.orgs.create.mutationOptions({
      onSuccess: ({ slug }) => {
        router.push(`/${slug}/welcome`);
        void queryClient.invalidateQueries(trpc.orgs.list.pathFilter());
      },
    }),
  );

  return (
    <form method="post" noValidate onSubmit={handleSubmit((input) => create.mutate(input))} className="grid gap-4">
      <Field label={t("name")} hint={t("nameHint")} error={formState.errors.name && t("nameInvalid")}>
        {(control) => (
          <Input
            {...control}
            {...register("name")}
            placeholder={t("namePlaceholder")}
            autoComplete="organization"
            autoFocus
            className="h-9"
          />
        )}
      </Field>
      <FormError error={create.error && errorText(create.error)} />
      <SubmitButton size="lg" isPending={create.isPending || create.isSuccess} pendingLabel={t("creating")}>
        {t("create")}
      </SubmitButton>
    </form>
  );
}
