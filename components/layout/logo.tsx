import type { ComponentProps } from "react";
import { cn } from "@/components/lib/cn";

/** The mark: a gate whose bar is a key. Takes the text colour; the bar has the accent. */
export function LogoMark({ className, ...props }: ComponentProps<"svg">) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={cn("size-6 shrink-0", className)} {...props}>
      <rect width="32" height="32" rx="8" className="fill-primary" />
      <path d="M8.5 7.5v17" stroke="white" strokeWidth="3" strokeLinecap="round" />
      <path d="M8.5 13h9.5" stroke="white" strokeWidth="3" strokeLinecap="round" />
      <circle cx="21.5" cy="13" r="3.75" stroke="white" strokeWidth="3" />
      <path d="M13.5 13v4.5" stroke="white" strokeWidth="3" strokeLinecap="round" />
    </svg>
  );
}

/** Mark and name. The name is the product's own and is not translated. */
export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2 text-sm font-semibold tracking-tight", className)}>
      <LogoMark />
      Tollkeeper
    </span>
  );
}
