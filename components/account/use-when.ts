"use client";

import { useFormat } from "@/components/lib/use-format";
import { useNow } from "@/components/lib/use-now";

/** How long ago something was, and exactly when; on the server, which does not know the reader's now, only the latter. */
export function useWhen() {
  const format = useFormat();
  const now = useNow();
  return {
    relative: (at: Date) =>
      now === null
        ? format.instant(at.toISOString())
        : // The reader's clock ticks slowly and may be behind: nothing here lies in the future.
          format.relative(at.toISOString(), Math.max(now, at.getTime())),
    exact: (at: Date) => format.instant(at.toISOString(), "full"),
  };
}
