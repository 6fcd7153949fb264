import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { ConnectionSummary } from "@/server/connections/schema";

const variants = { active: "success", paused: "neutral", broken: "danger", deleted: "outline" } as const;

export function ConnectionStatusBadge({ connection }: { connection: Pick<ConnectionSummary, "status"> }) {
  const t = useTranslations("connections.status");
  return <Badge variant={variants[connection.status]}>{t(connection.status)}</Badge>;
}

/** Marks figures that are invented. */
export function SampleBadge() {
  const t = useTranslations("connections");
  return (
    <Badge variant="info" title={t("sampleHint")}>
      {t("sample")}
    </Badge>
  );
}
