import { cn } from "@/components/lib/cn";

type ShareBarProps = {
  /** 0 to 1; null or negative draws the empty track. */
  ratio: number | null;
  color?: string;
  className?: string;
};

/** A quiet bar for table cells. Decorative: the figure beside it says the same. */
export function ShareBar({ ratio, color = "var(--primary)", className }: ShareBarProps) {
  const percent = ratio === null || ratio <= 0 ? 0 : Math.min(100, Math.max(2, ratio * 100));
  return (
    <span aria-hidden="true" className={cn("block h-1 w-14 overflow-hidden rounded-full bg-track", className)}>
      <span className="block h-full rounded-full" style={{ width: `${percent}%`, backgroundColor: color }} />
    </span>
  );
}
