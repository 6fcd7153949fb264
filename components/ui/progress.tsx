"use client";

import { Progress as ProgressPrimitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/components/lib/cn";

const tones = {
  accent: "bg-primary",
  success: "bg-success",
  warning: "bg-warning",
  danger: "bg-destructive",
} as const;

type ProgressProps = ComponentProps<typeof ProgressPrimitive.Root> & { tone?: keyof typeof tones };

/** `value` 0 to 100, or null while the end is unknown. Needs an aria-label. */
export function Progress({ className, value = null, tone = "accent", ...props }: ProgressProps) {
  return (
    <ProgressPrimitive.Root
      data-slot="progress"
      value={value}
      className={cn("relative h-1.5 w-full overflow-hidden rounded-full bg-track", className)}
      {...props}
    >
      <ProgressPrimitive.Indicator
        className={cn(
          "h-full rounded-full transition-[width] duration-150",
          tones[tone],
          value === null && "animate-pulse",
        )}
        style={{ width: value === null ? "40%" : `${Math.min(100, Math.max(0, value))}%` }}
      />
    </ProgressPrimitive.Root>
  );
}
