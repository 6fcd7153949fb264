"use client";

import { type ReactNode, useId } from "react";
import { cn } from "@/components/lib/cn";
import { Checkbox } from "@/components/ui/checkbox";
import { Label } from "@/components/ui/label";
import { Switch } from "@/components/ui/switch";

type ToggleFieldProps = {
  label: string;
  hint?: ReactNode;
  isChecked: boolean;
  onCheckedChange: (isChecked: boolean) => void;
  isDisabled?: boolean;
  /** A switch acts at once, a checkbox waits for the form. */
  control?: "checkbox" | "switch";
  className?: string;
};

export function ToggleField({
  label,
  hint,
  isChecked,
  onCheckedChange,
  isDisabled,
  control = "checkbox",
  className,
}: ToggleFieldProps) {
  const id = useId();
  const shared = {
    id,
    checked: isChecked,
    disabled: isDisabled,
    onCheckedChange: (checked: boolean | "indeterminate") => onCheckedChange(checked === true),
    "aria-describedby": hint ? `${id}-hint` : undefined,
  };
  return (
    <div className={cn("flex gap-2.5", control === "switch" && "flex-row-reverse justify-between gap-6", className)}>
      {control === "switch" ? <Switch {...shared} /> : <Checkbox {...shared} className="mt-0.5" />}
      <div className="grid gap-0.5">
        <Label htmlFor={id}>{label}</Label>
        {hint && (
          <p id={`${id}-hint`} className="text-xs text-pretty text-muted-foreground">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
