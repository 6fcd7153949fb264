"use client";

import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

export type Segment<T extends string> = { value: T; label: ReactNode; ariaLabel?: string; disabled?: boolean };

type SegmentedControlProps<T extends string> = {
  segments: readonly Segment<T>[];
  value: T;
  onValueChange: (value: T) => void;
  "aria-label": string;
  size?: "sm" | "default";
  className?: string;
};

/** One of a few. Choosing the chosen one again changes nothing. */
export function SegmentedControl<T extends string>({
  segments,
  value,
  onValueChange,
  size = "default",
  className,
  ...props
}: SegmentedControlProps<T>) {
  const choose = (next: string) => {
    const segment = segments.find((candidate) => candidate.value === next);
    if (segment) onValueChange(segment.value);
  };
  return (
    <ToggleGroup.Root
      type="single"
      value={value}
      onValueChange={choose}
      aria-label={props["aria-label"]}
      className={cn("inline-flex w-fit items-center gap-0.5 rounded-md bg-muted p-0.5", className)}
    >
      {segments.map((segment) => (
        <ToggleGroup.Item
          key={segment.value}
          value={segment.value}
          disabled={segment.disabled}
          aria-label={segment.ariaLabel}
          className={cn(
            "inline-flex items-center justify-center gap-1.5 rounded-[5px] font-medium whitespace-nowrap text-muted-foreground transition-colors duration-100 hover:text-foreground disabled:opacity-50 data-[state=on]:bg-card data-[state=on]:text-foreground data-[state=on]:shadow-raised dark:data-[state=on]:bg-border [&_svg]:size-3.5",
            size === "sm" ? "h-6 px-2 text-xs" : "h-7 px-2.5 text-13",
          )}
        >
          {segment.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
