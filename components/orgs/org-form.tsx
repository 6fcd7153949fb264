"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { Field } from "@/components/forms/field";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { useOrg } from "@/components/orgs/org-context";
import { TimezonePicker } from "@/components/orgs/timezone-picker";
import { Card, CardContent, CardFooter } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { OrgName, Timezone } from "@/server/orgs/schema";

const Settings = z.object({ name: OrgName, timezone: Timezone });

/** Name and time zone. */
export function OrgForm() {
  const t = useTranslations("orgs");
  const org = useOrg();
  const errorText = useErrorText();
  const update = useUpdate();
  const { register, control, handleSubmit, formState, reset } = useForm({
    resolver: zodResolver(Settings),
    defaultValues: { name: org.name, timezone: org.timezone },
  });
  const submit = handleSubmit((settings) =>
    update.mutate({ org: org.slug, ...settings }, { onSuccess: () => reset(settings) }),
  );
  return (
    <Card>
      <form method="post" noValidate onSubmit={submit}>
        <CardContent className="grid gap-4 pt-4 sm:pt-5">
          <Field label={t("name")} hint={t("nameHint")} error={formState.errors.name && t("nameInvalid")}>
            {(field) => (
              <Input
                {...field}
                {...register("name")}
                defaultValue={org.name}
                autoComplete="organization"
                className="h-9"
              />
            )}
          </Field>
          <Field label={t("timezone")} hint={t("timezoneHint")}>
            {(field) => (
              <Controller
                control={control}
                name="timezone"
                render={({ field: { value, onChange } }) => (
                  <TimezonePicker control={field} value={value} onValueChange={onChange} />
                )}
              />
            )}
          </Field>
          <FormError error={update.error && errorText(update.error)} />
        </CardContent>
        <CardFooter className="justify-end">
          <SubmitButton isPending={update.isPending} pendingLabel={t("saving")} disabled={!formState.isDirty}>
            {t("save")}
          </SubmitButton>
        </CardFooter>
      </form>
    </Card>
  );
}

function useUpdate() {
  const t = useTranslations("orgs");
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.orgs.update.mutationOptions({
      onSuccess: async () => {
        toast.success(t("nameSaved"));
        await queryClient.invalidateQueries(trpc.orgs.pathFilter());
        // The name and the zone are part of the page's frame.
        router.refresh();
      },
    }),
  );
}
