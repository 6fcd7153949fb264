"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { cn } from "@/components/lib/cn";
import { Label } from "@/components/ui/label";

export type FieldControlProps = {
  id: string;
  "aria-invalid": boolean | undefined;
  "aria-describedby": string | undefined;
};

type FieldProps = {
  label: string;
  /** Below the control: what it is for. */
  hint?: ReactNode;
  /** Replaces the hint; says what is wrong and what would be right. */
  error?: string;
  isOptional?: boolean;
  className?: string;
  /** Spread the props onto the control: `{(control) => <Input {...control} {...register("name")} />}`. */
  children: (control: FieldControlProps) => ReactNode;
};

/** Label, control, hint and error, tied together for everybody. */
export function Field({ label, hint, error, isOptional, className, children }: FieldProps) {
  const t = useTranslations("ui");
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={cn("grid gap-1.5", className)}>
      <Label htmlFor={id}>
        {label}
        {isOptional && <span className="font-normal text-muted-foreground">({t("optional")})</span>}
      </Label>
      {children({ id, "aria-invalid": error ? true : undefined, "aria-describedby": note ? noteId : undefined })}
      {note && (
        <p
          id={noteId}
          role={error ? "alert" : undefined}
          className={cn("text-xs text-pretty text-muted-foreground", error && "text-destructive-text")}
        >
          {note}
        </p>
      )}
    </div>
  );
}
