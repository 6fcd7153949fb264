import type { ChartMember } from "@/components/charts/prepare/types";
import type { Day } from "@/components/lib/format-date";
import type { DailySeries, Member } from "@/server/usage/schema";

type ChartWords = {
  label: (member: Member) => string;
  other: string;
  href?: (member: Member) => string | undefined;
};

/** A key that no other dimension shares: colours hang on it. */
export const colorKey = (dimension: string, key: string | null) => `${dimension}:${key ?? ""}`;

/** The server's series as the chart library takes it; `dimension` qualifies the members' keys. */
export function toChartMembers(series: DailySeries, dimension: string, words: ChartWords): ChartMember[] {
  return series.members.map((member): ChartMember => {
    if (member.isOther) return { key: "other", label: words.other, kind: "other" };
    return {
      key: colorKey(dimension, member.key),
      label: words.label(member),
      kind: member.key === null ? "unattributed" : "entity",
      href: words.href?.(member),
    };
  });
}

/** Keys that want a colour: everything drawn as an entity. */
export const coloredKeys = (members: readonly { key: string | null; isOther?: boolean }[], dimension: string) =>
  members.flatMap(({ key, isOther }) => (key === null || isOther ? [] : [colorKey(dimension, key)]));

/** Today's bucket is still filling up. */
export const openDaysOf = (days: readonly Day[], today: Day): Day[] => days.filter((day) => day >= today);
