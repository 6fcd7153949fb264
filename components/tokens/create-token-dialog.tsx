"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/lib/trpc";
import { SecretDialog } from "@/components/tokens/secret-dialog";
import { TokenCreateForm } from "@/components/tokens/token-create-form";
import { TokenSecret } from "@/components/tokens/token-secret";

type CreateTokenDialogProps = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

/** What the token is to be; afterwards the token itself, once. Mounted anew for each token. */
export function CreateTokenDialog({ isOpen, onOpenChange }: CreateTokenDialogProps) {
  const t = useTranslations("tokens.create");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const create = useMutation(
    trpc.tokens.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.tokens.pathFilter()),
    }),
  );
  const close = () => onOpenChange(false);
  return (
    <SecretDialog isOpen={isOpen} onOpenChange={onOpenChange} isShowingSecret={create.isSuccess}>
      {create.isSuccess ? (
        <TokenSecret
          title={t("done", { name: create.variables.name })}
          text={t("doneText")}
          token={create.data.token}
          scopes={create.variables.scopes}
          onDone={close}
        />
      ) : (
        <TokenCreateForm mutation={create} onClose={close} />
      )}
    </SecretDialog>
  );
}
