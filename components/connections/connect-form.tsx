"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { DEFAULT_BACKFILL_DAYS, DEFAULT_TRAILING_DAYS } from "@/components/connections/backfill-options";
import { KeyFindings } from "@/components/connections/key-findings";
import { SettingsFields } from "@/components/connections/settings-fields";
import { ConnectionSettings } from "@/components/connections/settings-schema";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { useOrg } from "@/components/orgs/org-context";
import { useSyncProgress } from "@/components/sync/progress-context";
import type { KeyVerification } from "@/server/connections/schema";

const NAME_MAX = 80;

type ConnectFormProps = {
  adminKey: string;
  verification: KeyVerification;
  onOtherKey: () => void;
  onConnected: (connectionId: string) => void;
};

export function ConnectForm({ adminKey, verification, onOtherKey, onConnected }: ConnectFormProps) {
  const t = useTranslations("connections.form");
  const org = useOrg();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const { lookNow } = useSyncProgress();
  const { register, control, handleSubmit, formState } = useForm<ConnectionSettings>({
    resolver: zodResolver(ConnectionSettings),
    defaultValues: {
      name: (verification.openaiOrgName ?? verification.openaiOrgId).slice(0, NAME_MAX),
      backfillDays: DEFAULT_BACKFILL_DAYS,
      trailingDays: DEFAULT_TRAILING_DAYS,
      usageGranularity: "hour",
    },
  });
  const create = useMutation(
    trpc.connections.create.mutationOptions({
      gcTime: 0,
      onSuccess: ({ id }) => {
        onConnected(id);
        lookNow();
        void queryClient.invalidateQueries(trpc.connections.pathFilter());
      },
    }),
  );
  const isConnected = verification.existing !== null;

  return (
    <div className="grid gap-5">
      <KeyFindings verification={verification} onOtherKey={onOtherKey} />
      {!isConnected && (
        <form
          method="post"
          noValidate
          onSubmit={handleSubmit((settings) => create.mutate({ org: org.slug, adminKey, ...settings }))}
          className="grid gap-5"
        >
          <SettingsFields register={register} control={control} errors={formState.errors} />
          <FormError error={create.error && errorText(create.error)} />
          <div>
            <SubmitButton isPending={create.isPending || create.isSuccess} pendingLabel={t("connecting")}>
              {t("connect")}
            </SubmitButton>
          </div>
        </form>
      )}
    </div>
  );
}
