"use client";

import { Button, type ButtonProps } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";

type SubmitButtonProps = Omit<ButtonProps, "type" | "onClick"> & { isPending: boolean; pendingLabel?: string };

/** Keeps its focus while the work is under way, and sends nothing twice, by keyboard either. */
export function SubmitButton({ isPending, pendingLabel, children, ...props }: SubmitButtonProps) {
  return (
    <Button
      type="submit"
      aria-disabled={isPending || undefined}
      aria-busy={isPending}
      onClick={(event) => {
        if (isPending) event.preventDefault();
      }}
      {...props}
    >
      {isPending && <Spinner />}
      {isPending ? (pendingLabel ?? children) : children}
    </Button>
  );
}
