"use client";

import { cn } from "@/components/lib/cn";
import { useIsInteractive } from "@/components/lib/use-is-interactive";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";

type SubmitButtonProps = Omit<ButtonProps, "type" | "onClick"> & { isPending: boolean; pendingLabel?: string };

/**
 * Keeps its focus while the work is under way, and sends nothing twice, by keyboard either. Before the page's script
 * runs it sends nothing: the browser would load the page anew, and what was typed would be lost.
 */
export function SubmitButton({ isPending, pendingLabel, disabled, className, children, ...props }: SubmitButtonProps) {
  const isInteractive = useIsInteractive();
  return (
    <Button
      type="submit"
      disabled={disabled || !isInteractive}
      aria-disabled={isPending || undefined}
      aria-busy={isPending}
      onClick={(event) => {
        if (isPending) event.preventDefault();
      }}
      // The moment until then is too short to show.
      className={cn(className, !isInteractive && !disabled && "disabled:opacity-100")}
      {...props}
    >
      {isPending && <Spinner />}
      {isPending ? (pendingLabel ?? children) : children}
    </Button>
  );
}
