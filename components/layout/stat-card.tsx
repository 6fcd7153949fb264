"use client";

import { InfoIcon } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ChangeLabel } from "@/components/layout/change-label";
import { cn } from "@/components/lib/cn";
import type { DecimalText } from "@/components/lib/decimal";
import { Card } from "@/components/ui/card";
import { Count, Money } from "@/components/ui/figure";
import { Tooltip } from "@/components/ui/tooltip";

type StatCardProps = {
  label: string;
  /** Decimal text; null is shown as unknown. A node when it is no figure. */
  value: DecimalText | null | { node: ReactNode };
  unit?: "usd" | "count";
  /** The same figure before; left out when nothing is compared. */
  previous?: DecimalText | null;
  /** "the same days of last month" */
  previousLabel?: string;
  /** What the figure is, on hover. */
  hint?: string;
  /** Below the figure: a bar, a sparkline, a sentence. */
  children?: ReactNode;
  href?: string;
  className?: string;
};

export function StatCard(props: StatCardProps) {
  const { label, value, unit = "usd", previous, hint, children, href, className } = props;
  const isNode = value !== null && typeof value === "object";
  return (
    <Card
      className={cn(
        "relative gap-1.5 px-4 py-3.5 sm:px-5 sm:py-4",
        href && "transition-colors duration-100 hover:border-border-strong",
        className,
      )}
    >
      <div className="flex items-center gap-1.5 text-13 text-muted-foreground">
        {href ? (
          <Link href={href} className="rounded-sm after:absolute after:inset-0 after:rounded-lg">
            {label}
          </Link>
        ) : (
          label
        )}
        {hint && (
          <Tooltip content={hint}>
            <button type="button" aria-label={hint} className="relative z-10 rounded-sm">
              <InfoIcon className="size-3.5" />
            </button>
          </Tooltip>
        )}
      </div>
      <p className="text-2xl leading-8 font-semibold tracking-tight tabular">
        {isNode ? value.node : unit === "usd" ? <Money value={value} /> : <Count value={value} />}
      </p>
      {previous !== undefined && !isNode && (
        <ChangeLabel current={value} previous={previous} unit={unit} period={props.previousLabel} />
      )}
      {children && <div className="mt-1 text-13 text-muted-foreground">{children}</div>}
    </Card>
  );
}
