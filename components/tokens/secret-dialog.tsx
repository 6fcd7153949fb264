"use client";

import type { ReactNode } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";

type SecretDialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** While a secret is shown, which is lost with the dialog. */
  isShowingSecret: boolean;
  children: ReactNode;
};

/** A dialog that ends in a secret: from then on only its own buttons close it, nothing that happens in passing. */
export function SecretDialog({ isOpen, onOpenChange, isShowingSecret, children }: SecretDialogProps) {
  const keep = (event: Event) => {
    if (isShowingSecret) event.preventDefault();
  };
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent onInteractOutside={keep} onEscapeKeyDown={keep} className="max-w-xl">
        {children}
      </DialogContent>
    </Dialog>
  );
}
