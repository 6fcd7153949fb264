"use client";

import { useFormat } from "@/components/lib/use-format";
import { useNow } from "@/components/lib/use-now";

/** "3 hours ago" of something that has happened; the exact moment on hover, and until the browser knows the time. */
export function TimeAgo({ instant }: { instant: string }) {
  const format = useFormat();
  const now = useNow();
  return (
    <time dateTime={instant} title={format.instant(instant, "full")} className="whitespace-nowrap">
      {now === null ? format.instant(instant) : format.relative(instant, Math.max(now, Date.parse(instant)))}
    </time>
  );
}
