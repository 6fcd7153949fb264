import { cva, type VariantProps } from "class-variance-authority";
import { CircleAlertIcon, CircleCheckIcon, InfoIcon, TriangleAlertIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/lib/cn";

const calloutVariants = cva("flex gap-2.5 rounded-lg border px-3.5 py-3 text-13", {
  variants: {
    variant: {
      neutral: "bg-muted/60 [&>svg]:text-muted-foreground",
      info: "border-transparent bg-info-soft [&>svg]:text-info-text",
      success: "border-transparent bg-success-soft [&>svg]:text-success-text",
      warning: "border-transparent bg-warning-soft [&>svg]:text-warning-text",
      danger: "border-transparent bg-destructive-soft [&>svg]:text-destructive-text",
    },
  },
  defaultVariants: { variant: "neutral" },
});

const icons = {
  neutral: InfoIcon,
  info: InfoIcon,
  success: CircleCheckIcon,
  warning: TriangleAlertIcon,
  danger: CircleAlertIcon,
} as const;

type CalloutProps = Omit<ComponentProps<"div">, "title"> &
  VariantProps<typeof calloutVariants> & { title?: ReactNode; action?: ReactNode };

export function Callout({ className, variant, title, action, children, ...props }: CalloutProps) {
  const Icon = icons[variant ?? "neutral"];
  return (
    <div
      data-slot="callout"
      role={variant === "danger" ? "alert" : undefined}
      className={cn(calloutVariants({ variant }), className)}
      {...props}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-col gap-2 sm:flex-row sm:items-start sm:justify-between">
        <div className="min-w-0">
          {title && <p className="font-medium">{title}</p>}
          {children && <div className={cn("text-pretty", title && "mt-0.5 text-foreground/80")}>{children}</div>}
        </div>
        {action && <div className="shrink-0">{action}</div>}
      </div>
    </div>
  );
}
