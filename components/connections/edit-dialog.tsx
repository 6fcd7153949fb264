"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { SettingsFields } from "@/components/connections/settings-fields";
import { ConnectionSettings } from "@/components/connections/settings-schema";
import { DialogForm, FormDialog } from "@/components/forms/form-dialog";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { toast } from "@/components/ui/toaster";
import type { ConnectionSummary } from "@/server/connections/schema";

type EditDialogProps = { connection: ConnectionSummary; isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

export function EditConnectionDialog({ connection, isOpen, onOpenChange }: EditDialogProps) {
  return (
    <FormDialog isOpen={isOpen} onClose={() => onOpenChange(false)}>
      <EditForm connection={connection} onClose={() => onOpenChange(false)} />
    </FormDialog>
  );
}

function EditForm({ connection, onClose }: { connection: ConnectionSummary; onClose: () => void }) {
  const t = useTranslations("connections");
  const trpc = useTRPC();
  const org = useOrg().slug;
  const queryClient = useQueryClient();
  const { register, control, handleSubmit, formState } = useForm({
    resolver: zodResolver(ConnectionSettings),
    defaultValues: {
      name: connection.name,
      backfillDays: connection.backfillDays,
      trailingDays: connection.trailingDays,
      usageGranularity: connection.usageGranularity,
    },
  });
  const update = useMutation(
    trpc.connections.update.mutationOptions({
      onSuccess: async (_, { name = connection.name }) => {
        toast.success(t("toast.updated", { name }));
        onClose();
        await queryClient.invalidateQueries(trpc.connections.pathFilter());
      },
    }),
  );
  return (
    <DialogForm
      title={t("edit.title", { name: connection.name })}
      text={t("edit.text")}
      mutation={update}
      submit={{ label: t("form.save"), pendingLabel: t("form.saving") }}
      onSubmit={handleSubmit((settings) => update.mutate({ org, connectionId: connection.id, ...settings }))}
      onClose={onClose}
    >
      <SettingsFields register={register} control={control} errors={formState.errors} />
    </DialogForm>
  );
}
