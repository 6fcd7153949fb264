import type { ComponentProps } from "react";
import { cn } from "@/components/lib/cn";

export const fieldClasses =
  "w-full min-w-0 rounded-md border border-input bg-card text-sm text-foreground shadow-raised transition-colors duration-100 placeholder:text-muted-foreground hover:border-border-strong focus-visible:border-ring focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-ring/35 disabled:pointer-events-none disabled:opacity-50 aria-invalid:border-destructive aria-invalid:focus-visible:outline-destructive/30 max-sm:text-base";

export function Input({ className, type = "text", ...props }: ComponentProps<"input">) {
  return <input data-slot="input" type={type} className={cn(fieldClasses, "h-8 px-2.5", className)} {...props} />;
}
