"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Field } from "@/components/forms/field";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Spinner } from "@/components/ui/spinner";

type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: ReactNode;
  /** The plan: exactly what will change. */
  children?: ReactNode;
  confirmLabel: string;
  /** For what cannot be undone: this text has to be typed first, under this label. */
  typed?: { text: string; label: string };
  isPending?: boolean;
  variant?: "default" | "destructive";
  onConfirm: () => void;
};

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, typed, isPending = false, variant = "destructive" } = props;
  const t = useTranslations("ui");
  const [entered, setEntered] = useState("");
  const isAllowed = !isPending && (typed === undefined || entered.trim() === typed.text);
  const change = (next: boolean) => {
    if (!next) setEntered("");
    onOpenChange(next);
  };
  return (
    <AlertDialog open={open} onOpenChange={change}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>{props.title}</AlertDialogTitle>
          <AlertDialogDescription asChild>
            <div>{props.description}</div>
          </AlertDialogDescription>
        </AlertDialogHeader>
        {props.children}
        {typed && (
          <Field label={typed.label}>
            {(control) => (
              <Input
                {...control}
                value={entered}
                autoComplete="off"
                onChange={(event) => setEntered(event.target.value)}
              />
            )}
          </Field>
        )}
        <AlertDialogFooter>
          <AlertDialogCancel>{t("cancel")}</AlertDialogCancel>
          <Button variant={variant} disabled={!isAllowed} aria-busy={isPending} onClick={props.onConfirm}>
            {isPending && <Spinner />}
            {props.confirmLabel}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
