"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { HowToCreateKey } from "@/components/connections/how-to-create-key";
import { FormError } from "@/components/forms/form-error";
import { Field } from "@/components/forms/field";
import { PasswordInput } from "@/components/forms/password-input";
import { SubmitButton } from "@/components/forms/submit-button";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { useOrg } from "@/components/orgs/org-context";
import { useSyncProgress } from "@/components/sync/progress-context";
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
import { type ConnectionSummary, VerifyKeyInput } from "@/server/connections/schema";

type ReplaceKeyDialogProps = {
  connection: ConnectionSummary;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
};

export function ReplaceKeyDialog({ connection, isOpen, onOpenChange }: ReplaceKeyDialogProps) {
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent>
        <ReplaceKeyForm connection={connection} onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function ReplaceKeyForm({ connection, onClose }: { connection: ConnectionSummary; onClose: () => void }) {
  const t = useTranslations("connections");
  const trpc = useTRPC();
  const org = useOrg().slug;
  const queryClient = useQueryClient();
  const errorText = useErrorText();
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
    <form
      method="post"
      noValidate
      onSubmit={handleSubmit(({ adminKey }) => replace.mutate({ org, connectionId: connection.id, adminKey }))}
      className="grid min-w-0 gap-4"
    >
      <DialogHeader>
        <DialogTitle>{t("replace.title", { name: connection.name })}</DialogTitle>
        <DialogDescription>
          {t("replace.text", { org: connection.openaiOrgName ?? connection.openaiOrgId })}
        </DialogDescription>
      </DialogHeader>
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
      <FormError error={replace.error && errorText(replace.error)} />
      <HowToCreateKey />
      <DialogFooter>
        <Button variant="outline" onClick={onClose}>
          {t("form.cancel")}
        </Button>
        <SubmitButton isPending={replace.isPending} pendingLabel={t("replace.submitting")}>
          {t("replace.submit")}
        </SubmitButton>
      </DialogFooter>
    </form>
  );
}
