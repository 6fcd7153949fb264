import { CircleAlertIcon, CircleCheckIcon, CircleDashedIcon, CircleSlashIcon, TriangleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/lib/cn";
import { Spinner } from "@/components/ui/spinner";
import type { RunState } from "@/server/sync/schema";

const looks = {
  queued: { Icon: CircleDashedIcon, tone: "text-muted-foreground" },
  running: { Icon: Spinner, tone: "text-primary-text" },
  succeeded: { Icon: CircleCheckIcon, tone: "text-success-text" },
  partial: { Icon: TriangleAlertIcon, tone: "text-warning-text" },
  failed: { Icon: CircleAlertIcon, tone: "text-destructive-text" },
  cancelled: { Icon: CircleSlashIcon, tone: "text-muted-foreground" },
} as const;

/** How a run or one of its lists stands: a mark, and the word for it. */
export function RunStatus({ state, showWord = true }: { state: RunState; showWord?: boolean }) {
  const t = useTranslations("sync.state");
  const { Icon, tone } = looks[state];
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Icon aria-hidden="true" className={cn("size-4 shrink-0", tone)} />
      <span className={showWord ? undefined : "sr-only"}>{t(state)}</span>
    </span>
  );
}
