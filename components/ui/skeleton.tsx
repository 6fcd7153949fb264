import type { ComponentProps } from "react";
import { cn } from "@/components/lib/cn";

export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      aria-hidden="true"
      data-slot="skeleton"
      className={cn("animate-pulse rounded-md bg-track/70 [animation-duration:1.6s]", className)}
      {...props}
    />
  );
}
