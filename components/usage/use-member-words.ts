"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useOrg } from "@/components/orgs/org-context";
import { dimensionPages, toSegment } from "@/components/usage/member-path";
import { useUsageRange } from "@/components/usage/range-context";
import type { BreakdownDimension, Member } from "@/server/usage/schema";

/** How a member is called where only text fits: its name, else its id, else what nobody was named for. */
export function useMemberLabel() {
  const t = useTranslations("usage");
  return useCallback(
    (member: Pick<Member, "key" | "name" | "kind">): string => {
      if (member.key !== null) return member.name || member.key;
      return member.kind === "line_item" ? t("noLineItem") : t("unattributed");
    },
    [t],
  );
}

/** Where a member's own page is, in the range being looked at. */
export function useMemberHref() {
  const { slug } = useOrg();
  const { suffix } = useUsageRange();
  return useCallback(
    (dimension: BreakdownDimension, key: string | null) =>
      `/${slug}/${dimensionPages[dimension]}/${toSegment(key)}${suffix}`,
    [slug, suffix],
  );
}
