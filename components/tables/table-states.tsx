"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { Spinner } from "@/components/ui/spinner";

const rowKeys = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** As tall as real rows, so that nothing moves when they arrive. */
export function SkeletonRows({ columnCount }: { columnCount: number }) {
  return rowKeys.map((key) => (
    <tr key={key}>
      {Array.from({ length: columnCount }, (_, index) => `${key}${index}`).map((cell) => (
        <td key={cell} className="h-10 border-b px-4">
          <Skeleton className="h-3.5 w-4/5" />
        </td>
      ))}
    </tr>
  ));
}

export function TableNothing({ children }: { children: ReactNode }) {
  return (
    <div className="sticky left-0 flex min-h-32 flex-col items-center justify-center gap-3 px-4 py-10 text-center text-13 text-muted-foreground">
      {children}
    </div>
  );
}

export function TableMore({ onMore, isLoading }: { onMore: () => void; isLoading: boolean }) {
  const t = useTranslations("layout");
  return (
    <div className="sticky left-0 flex justify-center border-t p-2">
      <Button variant="ghost" size="sm" onClick={onMore} disabled={isLoading}>
        {isLoading && <Spinner />}
        {t("showMore")}
      </Button>
    </div>
  );
}
