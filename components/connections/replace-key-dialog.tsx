"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { HowToCreateKey } from "@/components/connections/how-to-create-key";
import { DialogForm, FormDialog } from "@/components/forms/form-dialog";
import { Field } from "@/components/forms/field";
import { PasswordInput } from "@/components/forms/password-input";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { useSyncProgress } from "@/components/sync/progress-context";
import { toast } from "@/components/ui/toaster";
import { type ConnectionSummary, VerifyKeyInput } from "@/server/connections/schema";

type ReplaceKeyDialogProps = {
  connection: ConnectionSummary;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
};

export function ReplaceKeyDialog({ connection, isOpen, onOpenChange }: ReplaceKeyDialogProps) {
  return (
    <FormDialog isOpen={isOpen} onClose={() => onOpenChange(false)}>
      <ReplaceKeyForm connection={connection} onClose={() => onOpenChange(false)} />
    </FormDialog>
  );
}

function ReplaceKeyForm({ connection, onClose }: { connection: ConnectionSummary; onClose: () => void }) {
  const t = useTranslations("connections");
  const trpc = useTRPC();
  const org = useOrg().slug;
  const queryClient = useQueryClient();
  const { lookNow } = useSyncProgress();
  const { register, handleSubmit, setFocus, formState } = useForm({
    resolver: zodResolver(VerifyKeyInput),
    defaultValues: { adminKey: "" },
  });
  const replace = useMutation(
    trpc.connections.replaceKey.mutationOptions({
      gcTime: 0,
      onSuccess: async () => {
        lookNow();
        toast.success(t("toast.keyReplaced", { name: connection.name }));
        onClose();
        await queryClient.invalidateQueries(trpc.connections.pathFilter());
      },
      onError: () => setFocus("adminKey", { shouldSelect: true }),
    }),
  );

  return (
    <DialogForm
      title={t("replace.title", { name: connection.name })}
      text={t("replace.text", { org: connection.openaiOrgName ?? connection.openaiOrgId })}
      mutation={replace}
      submit={{ label: t("replace.submit"), pendingLabel: t("replace.submitting") }}
      onSubmit={handleSubmit(({ adminKey }) => replace.mutate({ org, connectionId: connection.id, adminKey }))}
      onClose={onClose}
    >
      <Field
        label={t("form.keyLabel")}
        hint={t("form.keyHint")}
        error={formState.errors.adminKey && t("form.keyMissing")}
      >
        {(control) => (
          <PasswordInput
            {...control}
            {...register("adminKey")}
            labels={{ show: t("form.showKey"), hide: t("form.hideKey") }}
            placeholder="sk-admin-…"
            autoComplete="off"
            data-1p-ignore
            data-lpignore="true"
            className="h-9 font-mono"
          />
        )}
      </Field>
      <HowToCreateKey />
    </DialogForm>
  );
}
