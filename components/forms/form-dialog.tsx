"use client";

import { useTranslations } from "next-intl";
import type { FormEventHandler, ReactNode } from "react";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useErrorText } from "@/components/lib/use-error-text";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";

type FormDialogProps = {
  isOpen: boolean;
  onClose: () => void;
  /** For tables; else as narrow as fields are. */
  isWide?: boolean;
  /** The form is made anew each time the dialog opens. */
  children: ReactNode;
};

/** A dialog that holds one form. */
export function FormDialog({ isOpen, onClose, isWide = false, children }: FormDialogProps) {
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent className={isWide ? "max-h-[90dvh] overflow-y-auto sm:max-w-3xl" : undefined}>
        {children}
      </DialogContent>
    </Dialog>
  );
}

type DialogFormProps = {
  title: string;
  text: ReactNode;
  mutation: { isPending: boolean; error: unknown };
  /** Saves, where it says nothing else. */
  submit?: { label: string; pendingLabel?: string; variant?: "destructive"; isDisabled?: boolean };
  onSubmit: FormEventHandler<HTMLFormElement>;
  onClose: () => void;
  children: ReactNode;
};

/** Title, fields, why it was refused, and the two buttons. */
export function DialogForm({ title, text, mutation, onSubmit, onClose, children, submit }: DialogFormProps) {
  const ui = useTranslations("ui");
  const explain = useErrorText();
  return (
    <form method="post" noValidate onSubmit={onSubmit} className="grid min-w-0 gap-4">
      <DialogHeader>
        <DialogTitle>{title}</DialogTitle>
        <DialogDescription>{text}</DialogDescription>
      </DialogHeader>
      {children}
      <FormError error={mutation.error ? explain(mutation.error) : null} />
      <DialogFooter>
        <Button variant="outline" onClick={onClose}>
          {ui("cancel")}
        </Button>
        <SubmitButton
          isPending={mutation.isPending}
          pendingLabel={submit?.pendingLabel}
          variant={submit?.variant}
          disabled={submit?.isDisabled}
        >
          {submit?.label ?? ui("save")}
        </SubmitButton>
      </DialogFooter>
    </form>
  );
}
