import type { ComponentProps } from "react";
import { cn } from "@/components/lib/cn";

/** The mark: a toll gate going up, its bar a key. */
export function LogoMark({ className, ...props }: ComponentProps<"svg">) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={cn("size-6 shrink-0", className)} {...props}>
      <rect width="32" height="32" rx="8" className="fill-primary" />
      <g stroke="white" strokeWidth="3" strokeLinecap="round">
        <path d="M9 25V7.5M9 20.5l9-5.9M14.2 17.1l2.3 3.5" />
        <circle cx="21.3" cy="12.4" r="3.6" />
      </g>
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
