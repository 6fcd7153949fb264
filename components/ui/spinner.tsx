import { LoaderCircleIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "@/components/lib/cn";

/** Decorative: the words beside it say what is going on. */
export function Spinner({ className, ...props }: ComponentProps<typeof LoaderCircleIcon>) {
  return <LoaderCircleIcon aria-hidden="true" className={cn("size-4 animate-spin", className)} {...props} />;
}
