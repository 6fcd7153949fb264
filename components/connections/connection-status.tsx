import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { ConnectionSummary } from "@/server/connections/schema";

const variants = { active: "success", paused: "neutral", broken: "danger", deleted: "outline" } as const;

export function ConnectionStatusBadge({ connection }: { connection: Pick<ConnectionSummary, "status"> }) {
  const t = useTranslations("connections.status");
  return <Badge variant={variants[connection.status]}>{t(connection.status)}</Badge>;
}

/** Marks figures that are invented, or among which some are. */
export function SampleBadge({ isMixed = false }: { isMixed?: boolean }) {
  const t = useTranslations("connections");
  return (
    <Badge variant="info" title={t(isMixed ? "banner.mixed" : "sampleHint")}>
      {t(isMixed ? "sampleIncluded" : "sample")}
    </Badge>
  );
}
