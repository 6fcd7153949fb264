import { z } from "zod";
import {
  DEFAULT_TOP,
  exploreComparisons,
  exploreDimensions,
  exploreGranularities,
  exploreMeasures,
  exploreZones,
  MAX_TOP,
  parseFilter,
  refusalOf,
  refusalSentence,
} from "@/server/explore/constants";
import { ExploreQuery } from "@/server/explore/schema";
import { TagKey } from "@/server/allocation/schema";
import { type ExploreRows, exploreRows } from "@/server/exports/constants";
import type { DayRange } from "@/server/usage/schema";

/** "project=proj_a;model!=x": conditions as in the address of the Explore page. */
const Filters = z
  .string()
  .max(20_000)
  .default("")
  .transform((text, context) =>
    text
      .split(";")
      .filter(Boolean)
      .flatMap((part) => {
        const filter = parseFilter(part);
        if (!filter) context.addIssue('give conditions such as "project=proj_a", "model!=x" or "user~anna"');
        return filter ?? [];
      }),
  );

/** What a question of the Explore page is made of, as it stands in an address. */
export const exploreParameters = {
  measure: z.enum(exploreMeasures).default("cost"),
  granularity: z.enum(exploreGranularities).default("day"),
  zone: z.enum(exploreZones).default("utc"),
  filter: Filters,
  compare: z.enum(exploreComparisons).default("none"),
  tag: TagKey.nullable().default(null),
  top: z.coerce.number().int().min(1).max(MAX_TOP).default(DEFAULT_TOP),
  rows: z.enum(exploreRows).default("steps"),
};

export type ExploreSource = { kind: "explore"; query: ExploreQuery; rows: ExploreRows };

type Given = { [Name in keyof typeof exploreParameters]: z.infer<(typeof exploreParameters)[Name]> };

/** The question that parameters ask; what cannot be asked is refused with a sentence. */
export function exploreSourceOf(
  { rows, filter: filters, ...given }: Given & { range: DayRange },
  words: readonly string[],
  refuse: (message: string) => void,
): ExploreSource {
  const query = ExploreQuery.safeParse({ ...given, filters, groupBy: words });
  if (!query.success) {
    const { path, message } = query.error.issues[0] ?? { path: [], message: "" };
    const isGroup = path[0] === "groupBy";
    refuse(isGroup ? `choose at most two of ${exploreDimensions.join(", ")}` : `${path.join(".")}: ${message}`);
    return z.NEVER;
  }
  const refusal = refusalOf(query.data);
  if (refusal) refuse(refusalSentence(refusal));
  return { kind: "explore", query: query.data, rows };
}
