"use client";

import { useTranslations } from "next-intl";
import { useExplore } from "@/components/explore/explore-context";
import { Button } from "@/components/ui/button";

/** Opens and closes what takes the change apart; without a comparison it is against the period before. */
export function WhyButton() {
  const t = useTranslations("explore.why");
  const { selected, change } = useExplore();
  const { isWhyOpen, query } = selected;
  const open = () => change({ why: true, ...(query.compare === "none" && { compare: "previous_period" }) });
  return (
    <Button
      variant="outline"
      size="sm"
      aria-expanded={isWhyOpen}
      onClick={() => (isWhyOpen ? change({ why: null }) : open())}
    >
      {t("button")}
    </Button>
  );
}
