import { cn } from "@/components/lib/cn";

/** The small square in an entity's colour that stands before its name. */
export function EntityDot({ color, className }: { color: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn("inline-block size-2.5 shrink-0 rounded-[3px]", className)}
      style={{ backgroundColor: color }}
    />
  );
}
