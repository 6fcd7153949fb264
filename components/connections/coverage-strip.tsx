"use client";

import { useTranslations } from "next-intl";
import { type CoverageBlock, coverageOf } from "@/components/connections/coverage-blocks";
import { cn } from "@/components/lib/cn";
import { useFormat } from "@/components/lib/use-format";
import { useNow } from "@/components/lib/use-now";
import type { StreamSummary } from "@/server/sync/schema";

const BLOCKS = 52;
const BLOCKS_IN_CELL = 28;

const tones = { covered: "bg-success", partly: "bg-warning", missing: "bg-track" } as const;

type CoverageStripProps = {
  stream: Pick<StreamSummary, "coveredFrom" | "coveredDays">;
  backfillDays: number;
  /** Above the strip, at its left; without it the strip stands in a table cell. */
  label?: string;
};

/** How much of the wanted history is here, oldest on the left, with the count in words. */
export function CoverageStrip({ stream, backfillDays, label }: CoverageStripProps) {
  const t = useTranslations("connections");
  const now = useNow();
  // The server's clock is not the reader's: days are counted in the browser, in the place kept for them.
  const blockCount = label ? BLOCKS : BLOCKS_IN_CELL;
  const coverage = now === null ? null : coverageOf(stream, { backfillDays, today: utcDay(now), blockCount });
  const words = coverage ? t("coverageOf", { covered: coverage.days, wanted: backfillDays }) : "\u00a0";
  return (
    <div className={cn("grid gap-1.5", !label && "flex items-center gap-2.5")}>
      <div className={cn("flex justify-between text-xs text-muted-foreground", !label && "order-last")}>
        {label && <span>{label}</span>}
        <span className="whitespace-nowrap tabular">{words}</span>
      </div>
      <div aria-hidden="true" className={cn("flex gap-px overflow-hidden rounded-sm", label ? "h-4" : "h-3 w-28")}>
        {coverage?.blocks.map((block) => (
          <Block key={block.from} block={block} />
        ))}
      </div>
    </div>
  );
}

function Block({ block }: { block: CoverageBlock }) {
  const t = useTranslations("connections.trackerDay");
  const format = useFormat();
  const title = t(block.state, { from: format.day(block.from), to: format.day(block.to) });
  return (
    <span title={title} className={cn("flex-1 transition-opacity duration-100 hover:opacity-70", tones[block.state])} />
  );
}

const utcDay = (instant: number) => new Date(instant).toISOString().slice(0, 10);
