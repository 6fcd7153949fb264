import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

type EmptyStateProps = {
  icon?: LucideIcon;
  title: string;
  /** One sentence that teaches. */
  description?: ReactNode;
  /** One action. */
  action?: ReactNode;
  className?: string;
};

export function EmptyState({ icon: Icon, title, description, action, className }: EmptyStateProps) {
  return (
    <div
      className={cn(
        "flex flex-col items-center justify-center gap-4 rounded-lg border border-dashed px-6 py-16 text-center",
        className,
      )}
    >
      {Icon && (
        <span className="grid size-10 place-content-center rounded-lg border bg-card text-muted-foreground shadow-raised">
          <Icon aria-hidden="true" className="size-5" />
        </span>
      )}
      <div className="max-w-md">
        <h2 className="text-sm font-medium">{title}</h2>
        {description && <p className="mt-1 text-13 text-pretty text-muted-foreground">{description}</p>}
      </div>
      {action && <div className="flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
