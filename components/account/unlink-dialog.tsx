"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { canProve } from "@/components/account/can-prove";
import { ProofForm } from "@/components/account/proof-form";
import type { AccountOverview } from "@/components/account/types";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { useTRPC } from "@/components/lib/trpc";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toaster";

type UnlinkDialogProps = {
  identityId: string;
  method: string;
  account: AccountOverview;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
};

/** Takes a way to sign in off the account; asks for what the owner can prove it with. */
export function UnlinkDialog({ identityId, method, account, isOpen, onOpenChange }: UnlinkDialogProps) {
  const t = useTranslations("account.identities");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const unlink = useMutation(
    trpc.account.identities.unlink.mutationOptions({
      onSuccess: async () => {
        toast.success(t("removed"));
        onOpenChange(false);
        await queryClient.invalidateQueries(trpc.account.pathFilter());
      },
    }),
  );
  const words = { title: t("removeTitle", { method }), text: t("removeText"), submit: t("removeSubmit") };
  if (!canProve(account)) {
    return (
      <ConfirmDialog
        {...words}
        isOpen={isOpen}
        onOpenChange={onOpenChange}
        mutation={unlink}
        onConfirm={() => unlink.mutate({ identityId })}
      />
    );
  }
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent>
        <ProofForm
          {...words}
          variant="destructive"
          mutation={unlink}
          onProof={(proof) => unlink.mutate({ identityId, proof })}
          onCancel={() => onOpenChange(false)}
        />
      </DialogContent>
    </Dialog>
  );
}
