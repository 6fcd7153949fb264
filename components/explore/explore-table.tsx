"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { EntityDot } from "@/components/charts/entity-dot";
import { useEntityColors } from "@/components/charts/entity-colors";
import { otherColor, unattributedColor } from "@/components/charts/prepare/colors";
import { useAnswered } from "@/components/explore/explore-context";
import { filtersFor, groupKey } from "@/components/explore/group-key";
import { useDimensionName } from "@/components/explore/use-dimension-choices";
import { useExploreWords } from "@/components/explore/use-explore-words";
import { addDays } from "@/components/lib/date-range";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { Card } from "@/components/ui/card";
import { ChangeCell, changeRatio } from "@/components/usage/change-cell";
import { ShareCell } from "@/components/usage/share-cell";
import type { ExploreGroup, ExploreResult } from "@/server/explore/schema";

/** Every row of the chart's legend; the rows add up to the totals below, which are the chart's. */
export function ExploreTable({ result }: { result: ExploreResult }) {
  const t = useTranslations("explore");
  const { addFilters } = useAnswered();
  const columns = useColumns(result);
  const { query, groups, groupCount } = result;
  const drill = (group: ExploreGroup) => addFilters(filtersFor(query.groupBy, group));
  const label = t("tableOf", { measure: t(`measures.${query.measure}`) });
  return (
    <Card>
      <DataTable
        label={label}
        columns={columns}
        rows={groups}
        rowKey={(group) => `${group.kind} ${groupKey(query.groupBy, group)}`}
        onRowOpen={drill}
        toolbar={<span className="text-13 text-muted-foreground">{t("groupCount", { count: groupCount })}</span>}
        hasTotals
        empty={t("noGroups")}
        fileSuffix={`${query.range.from} ${addDays(query.range.to, -1)}`}
      />
    </Card>
  );
}

function useColumns({ query, totals, previousRange }: ExploreResult): DataColumn<ExploreGroup>[] {
  const t = useTranslations("explore");
  const usage = useTranslations("usage.columns");
  const words = useExploreWords();
  const nameOf = useDimensionName();
  return useMemo(() => {
    const kind = query.measure === "cost" ? "money" : "count";
    const change = (group: ExploreGroup) => changeRatio(group.total, group.previousTotal);
    const compared: DataColumn<ExploreGroup>[] = [
      {
        id: "previous",
        header: usage("previous"),
        kind,
        width: 140,
        value: ({ previousTotal }) => previousTotal,
        total: totals.previous,
      },
      {
        id: "change",
        header: usage("change"),
        kind: "share",
        width: 96,
        value: change,
        exportValue: (group) => (change(group) === Number.MAX_VALUE ? null : change(group)),
        cell: (group) => <ChangeCell current={group.total} previous={group.previousTotal} />,
      },
    ];
    return [
      {
        id: "name",
        header: query.groupBy.map((dimension) => nameOf(dimension, query.tag)).join(" · "),
        value: words.group,
        cell: (group) => <GroupName group={group} query={query} />,
        isHideable: false,
      },
      {
        id: "amount",
        header: t(`measures.${query.measure}`),
        kind,
        width: 140,
        value: ({ total }) => total,
        total: totals.value,
      },
      ...(previousRange ? compared : []),
      {
        id: "share",
        header: usage("share"),
        kind: "share",
        width: 160,
        value: ({ share }) => share,
        cell: ({ share }) => <ShareCell share={share} />,
      },
      ...query.groupBy.map(
        (dimension, place): DataColumn<ExploreGroup> => ({
          id: `id${place}`,
          header: t("idOf", { dimension: nameOf(dimension, query.tag) }),
          value: ({ labels }) => labels[place]?.key ?? null,
          isInitiallyHidden: true,
        }),
      ),
    ];
  }, [query, totals, previousRange, t, usage, words, nameOf]);
}

function GroupName({ group, query }: { group: ExploreGroup; query: ExploreResult["query"] }) {
  const words = useExploreWords();
  const colors = useEntityColors();
  const text = words.group(group);
  const named = colors.get(groupKey(query.groupBy, group)) ?? otherColor;
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <EntityDot
        color={group.kind === "unattributed" ? unattributedColor : group.kind === "other" ? otherColor : named}
      />
      <GroupParts group={group} text={text} />
    </span>
  );
}

/** Of a pair both names are seen: a long one gives way, and not the one after it. */
function GroupParts({ group: { kind, labels }, text }: { group: ExploreGroup; text: string }) {
  const words = useExploreWords();
  const [first, second] = labels;
  if (kind !== "named" || !first || !second) {
    return (
      <span dir="auto" title={text} className="name-text">
        {text}
      </span>
    );
  }
  return (
    <span title={text} className="flex min-w-0 items-baseline">
      <span dir="auto" className="name-text min-w-0">
        {words.label(first)}
      </span>
      <span aria-hidden="true" className="px-1">
        ·
      </span>
      <span dir="auto" className="name-text max-w-3/5 shrink-0">
        {words.label(second)}
      </span>
    </span>
  );
}
