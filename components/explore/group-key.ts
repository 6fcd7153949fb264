import { colorKey } from "@/components/usage/chart-input";
import type { ExploreDimension, ExploreFilter } from "@/server/explore/constants";
import type { ExploreGroup } from "@/server/explore/schema";

type Group = Pick<ExploreGroup, "kind" | "labels">;

/** A group's own key in charts and tables: that of the member itself where there is one dimension, so that its colour is the same on every page. */
export function groupKey(groupBy: readonly ExploreDimension[], { kind, labels }: Group): string {
  if (kind === "other") return "other";
  const [only] = labels;
  if (labels.length === 1 && only) return colorKey(only.dimension, only.key);
  return colorKey(groupBy.join("+"), JSON.stringify(labels.map(({ key }) => key)));
}

/** The filters that leave only this group; none for what is many. */
export function filtersFor(groupBy: readonly ExploreDimension[], { kind, labels }: Group): ExploreFilter[] {
  if (kind === "other") return [];
  return groupBy.map((dimension, place) => ({ dimension, op: "in", values: [labels[place]?.key ?? null] }));
}
