"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useErrorText } from "@/components/lib/use-error-text";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";

type ConfirmDialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  text: ReactNode;
  submit: string;
  variant?: "default" | "destructive";
  /** What is done on confirmation; the dialog stays open until it succeeded, and says why if it did not. */
  mutation: { isPending: boolean; error: unknown; reset: () => void };
  onConfirm: () => void;
};

/** Asks once more, saying exactly what will change. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { mutation, variant = "destructive" } = props;
  const t = useTranslations("ui");
  const errorText = useErrorText();
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) mutation.reset();
    props.onOpenChange(isOpen);
  };
  return (
    <AlertDialog open={props.isOpen} onOpenChange={onOpenChange}>
      <AlertDialogContent>
        <form
          method="post"
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            props.onConfirm();
          }}
        >
          <AlertDialogHeader>
            <AlertDialogTitle>{props.title}</AlertDialogTitle>
            <AlertDialogDescription>{props.text}</AlertDialogDescription>
          </AlertDialogHeader>
          <FormError error={mutation.error ? errorText(mutation.error) : null} />
          <AlertDialogFooter>
            <AlertDialogCancel type="button">{t("cancel")}</AlertDialogCancel>
            <SubmitButton variant={variant} isPending={mutation.isPending}>
              {props.submit}
            </SubmitButton>
          </AlertDialogFooter>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  );
}
