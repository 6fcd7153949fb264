import { useTranslations } from "next-intl";
import { contentOf } from "@/components/exports/schedule-form";
import { hasKey } from "@/components/lib/has-key";
import { useFormat } from "@/components/lib/use-format";
import type { ScheduleEntry } from "@/server/exports/schema";

/** What exports hold, when they are made, where they went and why not, in the reader's language. */
export function useExportWords() {
  const t = useTranslations("exports");
  const failures = useTranslations("exports.failure");
  const format = useFormat();
  const content = (search: string) => {
    const { content: name, format: written } = contentOf(search);
    if (name === "focus") return t("focus");
    const what = name === "kept" ? otherContent(search) : t(`schedule.contents.${name}`);
    return `${what}, ${t(written)}`;
  };
  const otherContent = (search: string) => {
    const asked = new URLSearchParams(search);
    const dataset = asked.get("dataset");
    if (dataset === "explore") return t("ofExplore");
    if (dataset === "changes") return t("ofChanges");
    const groups = costGroupsIn(asked.get("group_by") ?? "");
    if (dataset !== null || groups.length === 0) return t("schedule.contents.kept");
    return t("spendBy", { groups: groups.map((group) => t(`groupNames.${group}`)).join(" · ") });
  };
  const rhythm = ({ frequency, hour, dayOfPeriod }: ScheduleEntry) => {
    const time = `${String(hour).padStart(2, "0")}:00`;
    const zone = format.timeZone;
    if (frequency === "week")
      return t("rhythm.week", { day: t(`schedule.weekdays.${weekdayOf(dayOfPeriod)}`), time, zone });
    if (frequency === "month") return t("rhythm.month", { day: dayOfPeriod ?? 1, time, zone });
    return t("rhythm.day", { time, zone });
  };
  const target = ({ target: to }: ScheduleEntry) =>
    to.kind === "s3" ? `s3://${to.bucket}/${to.prefix}` : to.recipients.join(", ");
  const location = (place: string) => {
    const [, count] = /^mail:(\d+)$/.exec(place) ?? [];
    return count === undefined ? place : t("mailedTo", { count: Number(count) });
  };
  const failure = (code: string) => (hasKey(failures, code) ? failures(code) : failures("internal"));
  return { content, rhythm, target, location, failure };
}

const costGroups = ["day", "project", "user", "key", "line_item", "model"] as const;

const costGroupsIn = (list: string) =>
  list.split(",").flatMap((word) => costGroups.filter((candidate) => candidate === word));

const weekdays = ["1", "2", "3", "4", "5", "6", "7"] as const;
const weekdayOf = (day: number | null) => weekdays[(day ?? 1) - 1] ?? "1";
