import { ChartCardSkeleton, TableCardSkeleton } from "@/components/usage/skeletons";
import { Skeleton } from "@/components/ui/skeleton";

/** Filters, chart and table before anything of them is known. */
export const ExploreSkeleton = () => (
  <div className="flex flex-col gap-4">
    <Skeleton className="h-7 w-28" />
    <ChartCardSkeleton height={320} />
    <TableCardSkeleton />
  </div>
);
