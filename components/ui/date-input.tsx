import type { ComponentProps } from "react";
import { cn } from "@/components/lib/cn";
import { Input } from "@/components/ui/input";

/** The browser's own date field: value, min and max are 'YYYY-MM-DD', whatever the reader's locale shows. */
export function DateInput({ className, ...props }: Omit<ComponentProps<"input">, "type">) {
  return <Input type="date" className={cn("tabular", className)} {...props} />;
}
