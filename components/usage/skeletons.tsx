import { ChartSkeleton } from "@/components/charts/chart-state";
import { StatGrid } from "@/components/layout/stat-card";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

const keys = (count: number) => Array.from({ length: count }, (_, index) => `s${index}`);

/** As tall as a StatCard with a figure and what it is compared with below, which takes two lines on a phone. */
export function CardsSkeleton() {
  return (
    <StatGrid>
      {keys(4).map((key) => (
        <Card key={key} className="gap-1.5 px-3 py-3 sm:px-5 sm:py-4">
          <div className="flex h-5 items-center">
            <Skeleton className="h-3.5 w-28 max-w-full" />
          </div>
          <div className="flex h-7 items-center sm:h-8">
            <Skeleton className="h-6 w-32 max-w-full" />
          </div>
          <div className="flex h-10 items-center sm:h-5">
            <Skeleton className="h-3.5 w-44 max-w-full" />
          </div>
        </Card>
      ))}
    </StatGrid>
  );
}

/** A chart card with title, total, unit, plot and legend. */
export function ChartCardSkeleton({ height = 280 }: { height?: number }) {
  return (
    <Card className="px-4 pt-3.5 pb-4 sm:px-5 sm:pt-4 sm:pb-5">
      <div className="flex h-5 items-center">
        <Skeleton className="h-3.5 w-40" />
      </div>
      <div className="mt-1 flex h-7 items-center">
        <Skeleton className="h-5 w-28" />
      </div>
      <div className="mt-0.5 mb-3 flex h-5 items-center">
        <Skeleton className="h-3.5 w-44" />
      </div>
      <ChartSkeleton height={height} />
      <div className="mt-3 flex min-h-6 items-center gap-4">
        {keys(5).map((key) => (
          <Skeleton key={key} className="h-3.5 w-24" />
        ))}
      </div>
    </Card>
  );
}

export function ListCardSkeleton({ rows = 5 }: { rows?: number }) {
  return (
    <Card className="px-4 pt-3.5 pb-4 sm:px-5 sm:pt-4 sm:pb-5">
      <Skeleton className="mb-3 h-3.5 w-32" />
      <div className="flex flex-col gap-1">
        {keys(rows).map((key) => (
          <div key={key} className="flex h-8 items-center gap-4">
            <Skeleton className="h-6 flex-1" />
            <Skeleton className="h-3.5 w-24" />
          </div>
        ))}
      </div>
    </Card>
  );
}

export function TableCardSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <Card>
      <div className="flex h-13 items-center border-b px-4">
        <Skeleton className="h-8 w-64 max-w-full" />
      </div>
      <div className="h-9 border-b" />
      {keys(rows).map((key) => (
        <div key={key} className="flex h-10 items-center gap-6 border-b px-4 last:border-b-0">
          <Skeleton className="h-3.5 w-48" />
          <Skeleton className="ml-auto h-3.5 w-20" />
          <Skeleton className="h-3.5 w-16 max-sm:hidden" />
          <Skeleton className="h-3.5 w-16 max-sm:hidden" />
        </div>
      ))}
    </Card>
  );
}

export function OverviewSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <CardsSkeleton />
      <ChartCardSkeleton height={320} />
      <div className="grid gap-4 lg:grid-cols-2">
        {keys(4).map((key) => (
          <ListCardSkeleton key={key} />
        ))}
      </div>
    </div>
  );
}

export function BreakdownSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <CardsSkeleton />
      <ChartCardSkeleton />
      <TableCardSkeleton />
    </div>
  );
}

export function MemberSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <CardsSkeleton />
      <ChartCardSkeleton />
      <div className="grid items-start gap-4 2xl:grid-cols-2">
        <ListCardSkeleton rows={6} />
        <ListCardSkeleton rows={6} />
      </div>
    </div>
  );
}
