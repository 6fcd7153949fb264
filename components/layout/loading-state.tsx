import { useTranslations } from "next-intl";
import { ChartSkeleton } from "@/components/charts/chart-state";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

type LoadingStateProps = {
  /** Which page is coming: the skeleton has its shape. */
  layout: "overview" | "table" | "detail" | "form";
};

export function LoadingState({ layout }: LoadingStateProps) {
  const t = useTranslations("ui");
  return (
    <div role="status" aria-label={t("loading")} className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <Skeleton className="h-6 w-44" />
        <Skeleton className="h-4 w-72 max-w-full" />
      </div>
      {layout !== "form" && <Skeleton className="h-8 w-80 max-w-full" />}
      {(layout === "overview" || layout === "detail") && <CardsSkeleton count={layout === "overview" ? 4 : 3} />}
      {(layout === "overview" || layout === "detail") && (
        <Card className="p-5">
          <Skeleton className="mb-6 h-4 w-40" />
          <ChartSkeleton height={280} />
        </Card>
      )}
      {layout !== "form" && <ListSkeleton rows={layout === "table" ? 12 : 6} />}
      {layout === "form" && <FormSkeleton />}
    </div>
  );
}

function CardsSkeleton({ count }: { count: number }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
      {keys(count).map((key) => (
        <Card key={key} className="gap-3 p-5">
          <Skeleton className="h-3.5 w-24" />
          <Skeleton className="h-7 w-32" />
          <Skeleton className="h-3.5 w-40" />
        </Card>
      ))}
    </div>
  );
}

function ListSkeleton({ rows }: { rows: number }) {
  return (
    <Card>
      {keys(rows).map((key) => (
        <div key={key} className="flex h-10 items-center gap-6 border-b px-4 last:border-b-0">
          <Skeleton className="h-3.5 w-48" />
          <Skeleton className="ml-auto h-3.5 w-16" />
          <Skeleton className="h-3.5 w-16 max-sm:hidden" />
        </div>
      ))}
    </Card>
  );
}

function FormSkeleton() {
  return (
    <Card className="max-w-2xl gap-5 p-5">
      {keys(4).map((key) => (
        <div key={key} className="grid gap-2">
          <Skeleton className="h-3.5 w-28" />
          <Skeleton className="h-8 w-full" />
        </div>
      ))}
    </Card>
  );
}

function keys(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `row-${index}`);
}
