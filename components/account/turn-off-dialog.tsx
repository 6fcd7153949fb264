"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ProofForm } from "@/components/account/proof-form";
import { useTRPC } from "@/components/lib/trpc";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toaster";

type TurnOffDialogProps = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

export function TurnOffDialog({ isOpen, onOpenChange }: TurnOffDialogProps) {
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent>
        <TurnOffForm onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function TurnOffForm({ onClose }: { onClose: () => void }) {
  const t = useTranslations("account.twoFactor");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const turnOff = useMutation(
    trpc.account.twoFactor.turnOff.mutationOptions({
      onSuccess: async () => {
        toast.success(t("turnedOff"));
        onClose();
        await queryClient.invalidateQueries(trpc.account.pathFilter());
      },
    }),
  );
  return (
    <ProofForm
      title={t("turnOffTitle")}
      text={t("turnOffText")}
      submit={t("turnOffSubmit")}
      variant="destructive"
      mutation={turnOff}
      onProof={(proof) => turnOff.mutate({ proof })}
      onCancel={onClose}
    />
  );
}
