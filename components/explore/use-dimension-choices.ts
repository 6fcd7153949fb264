"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { type ExploreDimension, exploreDimensions } from "@/server/explore/constants";
import type { ExploreQuery } from "@/server/explore/schema";

/** Something to group or filter by: a dimension, or one tag. */
export type DimensionChoice = { value: string; dimension: ExploreDimension; tag: string | null; label: string };

type Tagged = Pick<ExploreQuery, "groupBy" | "filters" | "tag">;

/** All dimensions, with one entry per tag. A question knows one tag at a time: `rest` is what else it asks for. */
export function useDimensionChoices({ groupBy, filters, tag }: Tagged): DimensionChoice[] {
  const name = useDimensionName();
  const tags = useQuery(useTRPC().allocation.tags.queryOptions({ org: useOrg().slug })).data ?? [];
  const isTagged = [...groupBy, ...filters.map(({ dimension }) => dimension)].includes("tag");
  const keys = isTagged && tag !== null ? [tag] : [...new Set([...tags.map(({ key }) => key), ...(tag ? [tag] : [])])];
  return exploreDimensions.flatMap((dimension): DimensionChoice[] =>
    (dimension === "tag" ? keys : [null]).map((key) => ({
      value: choiceValue(dimension, key),
      dimension,
      tag: key,
      label: name(dimension, key),
    })),
  );
}

export const choiceValue = (dimension: ExploreDimension, tag: string | null) =>
  dimension === "tag" ? `tag:${tag}` : dimension;

/** How a dimension is called; a tag by its key. */
export function useDimensionName() {
  const t = useTranslations("explore");
  return useCallback(
    (dimension: ExploreDimension, tag: string | null) =>
      dimension === "tag" && tag !== null ? t("tagNamed", { key: tag }) : t(`dimensions.${dimension}`),
    [t],
  );
}
