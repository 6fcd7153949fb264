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

/** Four in a row where there is room, two on all but the narrowest phones; as tall as the tallest of their row. */
export const StatGrid = ({ children }: { children: ReactNode }) => (
  <div className="grid grid-cols-[repeat(auto-fit,minmax(10rem,1fr))] gap-3 sm:grid-cols-2 sm:gap-4 xl:grid-cols-4">
    {children}
  </div>
);

export function StatCard(props: StatCardProps) {
  const { label, value, unit = "usd", previous, hint, children, href, className } = props;
  const isNode = value !== null && typeof value === "object";
  return (
    <Card
      className={cn(
        "relative gap-1.5 px-3 py-3 sm:px-5 sm:py-4",
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
      <p className="text-lg leading-7 font-semibold sm:text-2xl sm:leading-8 tracking-tight tabular">
        {isNode ? value.node : unit === "usd" ? <Money value={value} /> : <Count value={value} />}
      </p>
      {previous !== undefined && !isNode && (
        <ChangeLabel
          current={value}
          previous={previous}
          unit={unit}
          period={props.previousLabel}
          className="max-sm:flex-wrap"
        />
      )}
      {children && <div className="mt-1 text-13 text-muted-foreground">{children}</div>}
    </Card>
  );
}
