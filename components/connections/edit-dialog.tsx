"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { SettingsFields } from "@/components/connections/settings-fields";
import { ConnectionSettings } from "@/components/connections/settings-schema";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { toast } from "@/components/ui/toaster";
import type { ConnectionSummary } from "@/server/connections/schema";

type EditDialogProps = { connection: ConnectionSummary; isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

export function EditConnectionDialog({ connection, isOpen, onOpenChange }: EditDialogProps) {
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent>
        <EditForm connection={connection} onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function EditForm({ connection, onClose }: { connection: ConnectionSummary; onClose: () => void }) {
  const t = useTranslations("connections");
  const trpc = useTRPC();
  const org = useOrg().slug;
  const queryClient = useQueryClient();
  const errorText = useErrorText();
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
    <form
      method="post"
      noValidate
      onSubmit={handleSubmit((settings) => update.mutate({ org, connectionId: connection.id, ...settings }))}
      className="grid min-w-0 gap-4"
    >
      <DialogHeader>
        <DialogTitle>{t("edit.title", { name: connection.name })}</DialogTitle>
        <DialogDescription>{t("edit.text")}</DialogDescription>
      </DialogHeader>
      <SettingsFields register={register} control={control} errors={formState.errors} />
      <FormError error={update.error && errorText(update.error)} />
      <DialogFooter>
        <Button variant="outline" onClick={onClose}>
          {t("form.cancel")}
        </Button>
        <SubmitButton isPending={update.isPending} pendingLabel={t("form.saving")}>
          {t("form.save")}
        </SubmitButton>
      </DialogFooter>
    </form>
  );
}
