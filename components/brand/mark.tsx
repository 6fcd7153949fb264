import type { ComponentProps } from "react";
import { cn } from "@/components/lib/cn";

/** A barrier, half raised. Decorative: the name stands beside it or in the label of its link. */
export function Mark({ className, ...props }: ComponentProps<"svg">) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className={cn("size-6 shrink-0", className)} {...props}>
      <rect width="24" height="24" rx="6" className="fill-primary" />
      <path d="M7 18.5v-8" stroke="white" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M7 12.2 18 6.4" stroke="white" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M5 18.5h4.2" stroke="white" strokeWidth="2" strokeLinecap="round" />
      <circle cx="16.8" cy="16.6" r="1.7" fill="white" fillOpacity="0.75" />
    </svg>
  );
}
