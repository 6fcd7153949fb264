"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorToast } from "@/components/lib/use-error-toast";
import { useOrg } from "@/components/orgs/org-context";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toaster";

/** Whether every member needs a second factor. */
export function TwoFactorSetting() {
  const t = useTranslations("orgs.security");
  const { slug, requireTwoFactor } = useOrg();
  const id = useId();
  const router = useRouter();
  const onError = useErrorToast();
  const change = useMutation(
    useTRPC().orgs.requireTwoFactor.mutationOptions({
      onError,
      onSuccess: (_, { isRequired }) => {
        toast.success(t(isRequired ? "turnedOn" : "turnedOff"));
        router.refresh();
      },
    }),
  );
  return (
    <Card>
      <CardHeader className="pb-0 sm:pb-0">
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <div className="flex items-start justify-between gap-6 px-4 py-4 sm:px-5">
        <div>
          <label htmlFor={id} className="block text-13 font-medium">
            {t("requireTwoFactor")}
          </label>
          <p id={`${id}-hint`} className="text-xs text-pretty text-muted-foreground">
            {t("requireTwoFactorHint")}
          </p>
        </div>
        <Switch
          id={id}
          aria-describedby={`${id}-hint`}
          checked={change.isPending ? change.variables.isRequired : requireTwoFactor}
          disabled={change.isPending}
          onCheckedChange={(isRequired) => change.mutate({ org: slug, isRequired })}
        />
      </div>
    </Card>
  );
}
