"use client";

import { useFormat } from "@/components/lib/use-format";

/** When it was, in the organization's zone; in UTC on hover, as the log has it. */
export function EventTime({ at }: { at: string }) {
  const format = useFormat();
  return (
    <time dateTime={at} title={utcText(at)}>
      {format.instant(at)}
    </time>
  );
}

/** "2026-11-21 13:04:05.123 UTC" */
export const utcText = (at: string) => `${at.replace("T", " ").replace(/Z$/, "")} UTC`;
