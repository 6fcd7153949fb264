"use client";

import { Button, type ButtonProps } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";

/** Keeps its width and its focus while the work is under way. */
export function SubmitButton({ isPending, children, disabled, ...props }: ButtonProps & { isPending: boolean }) {
  return (
    <Button type="submit" aria-disabled={isPending || undefined} aria-busy={isPending} disabled={disabled} {...props}>
      {isPending && <Spinner />}
      {children}
    </Button>
  );
}
