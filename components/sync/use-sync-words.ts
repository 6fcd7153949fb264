"use client";

import { useTranslations } from "next-intl";
import { hasKey } from "@/components/lib/has-key";

/** Names and sentences for what the sync reports by code; a code that is new here still gets words. */
export function useSyncWords() {
  const streams = useTranslations("sync.stream");
  const errors = useTranslations("sync.error");
  const grouping = useTranslations("connections.grouping");
  return {
    streamName: (name: string) => {
      const key = name.replaceAll(".", "_");
      return hasKey(streams, key) ? streams(key) : name;
    },
    errorSentence: (code: string) => (hasKey(errors, code) ? errors(code) : errors("other")),
    groupingName: (column: string) => (hasKey(grouping, column) ? grouping(column) : column),
  };
}
