"use client";

import { useTranslations } from "next-intl";
import { type CoverageBlock, coverageBlocks } from "@/components/connections/coverage-blocks";
import { cn } from "@/components/lib/cn";
import { useFormat } from "@/components/lib/use-format";
import { useNow } from "@/components/lib/use-now";
import type { StreamSummary } from "@/server/sync/schema";

const BLOCKS = 52;

const tones = { covered: "bg-success", partly: "bg-warning", missing: "bg-track" } as const;

type CoverageStripProps = {
  stream: Pick<StreamSummary, "coveredFrom" | "coveredDays">;
  backfillDays: number;
  className?: string;
};

/** How much of the wanted history is here, oldest on the left. */
export function CoverageStrip({ stream, backfillDays, className }: CoverageStripProps) {
  const t = useTranslations("connections");
  const now = useNow();
  const covered = Math.min(stream.coveredDays, backfillDays);
  const blocks = now === null ? [] : coverageBlocks(stream, backfillDays, utcDay(now), BLOCKS);
  return (
    <div
      role="img"
      aria-label={t("coverageOf", { covered, wanted: backfillDays })}
      className={cn("flex h-4 gap-px overflow-hidden rounded-sm", className)}
    >
      {blocks.map((block) => (
        <Block key={block.from} block={block} />
      ))}
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
