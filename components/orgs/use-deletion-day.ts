"use client";

import { useFormat } from "@/components/lib/use-format";
import { useOrg } from "@/components/orgs/org-context";

/** The day on which the organization will be gone, in words; null while nobody wants that. */
export function useDeletionDay(): string | null {
  const { deleteAfter } = useOrg();
  const format = useFormat();
  return deleteAfter && format.instant(deleteAfter);
}
