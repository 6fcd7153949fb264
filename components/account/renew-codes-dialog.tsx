"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ProofForm } from "@/components/account/proof-form";
import { RecoveryCodes } from "@/components/account/recovery-codes";
import { useTRPC } from "@/components/lib/trpc";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";

type RenewCodesDialogProps = { email: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

export function RenewCodesDialog({ email, isOpen, onOpenChange }: RenewCodesDialogProps) {
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent>
        <RenewCodes email={email} onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function RenewCodes({ email, onClose }: { email: string; onClose: () => void }) {
  const t = useTranslations("account.twoFactor");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const renew = useMutation(
    trpc.account.twoFactor.renewRecoveryCodes.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.account.pathFilter()),
    }),
  );
  if (!renew.data) {
    return (
      <ProofForm
        title={t("renewTitle")}
        text={t("renewText")}
        submit={t("renewSubmit")}
        mutation={renew}
        onProof={(proof) => renew.mutate({ proof })}
        onCancel={onClose}
      />
    );
  }
  return (
    <div className="grid gap-4">
      <DialogHeader>
        <DialogTitle>{t("codesTitle")}</DialogTitle>
        <DialogDescription>{t("codesLead")}</DialogDescription>
      </DialogHeader>
      <RecoveryCodes codes={renew.data.recoveryCodes} email={email} onDone={onClose} />
    </div>
  );
}
