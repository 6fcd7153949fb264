"use client";

import { ShareBar } from "@/components/charts/share-bar";
import { useFormat } from "@/components/lib/use-format";
import { UnknownMark } from "@/components/ui/figure";

/** A share of the total as bar and figure. */
export function ShareCell({ share, color }: { share: number | null; color?: string }) {
  const format = useFormat();
  if (share === null) return <UnknownMark />;
  return (
    <span className="flex items-center justify-end gap-2.5">
      <ShareBar ratio={share} color={color} className="w-16" />
      <span className="w-12 shrink-0">{format.share(share)}</span>
    </span>
  );
}
