import { type ReactNode, useId } from "react";
import { cn } from "@/components/lib/cn";
import { Label } from "@/components/ui/label";

type ControlProps = { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };

type FormFieldProps = {
  label: ReactNode;
  /** One line below the control; an error takes its place, so nothing moves. */
  hint?: ReactNode;
  error?: ReactNode;
  className?: string;
  children: (control: ControlProps) => ReactNode;
};

/** Label, control and the line below it, tied together for screen readers. */
export function FormField({ label, hint, error, className, children }: FormFieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error || hint;
  return (
    <div className={cn("grid gap-1.5", className)}>
      <Label htmlFor={id}>{label}</Label>
      {children({ id, "aria-describedby": note ? noteId : undefined, "aria-invalid": error ? true : undefined })}
      {note && (
        <p
          id={noteId}
          aria-live={error ? "polite" : undefined}
          className={cn("text-xs text-pretty", error ? "text-destructive-text" : "text-muted-foreground")}
        >
          {note}
        </p>
      )}
    </div>
  );
}
