"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { Card } from "@/components/ui/card";
import { Difference } from "@/components/ui/figure";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Sheet, SheetContent, SheetDescription, SheetHeader, SheetTitle } from "@/components/ui/sheet";
import { Tooltip } from "@/components/ui/tooltip";
import { MemberName } from "@/components/usage/member-name";
import { ShareCell } from "@/components/usage/share-cell";
import { type ChargePart, chargeParts } from "@/server/allocation/constants";
import type { Chargeback, ChargebackLine } from "@/server/chargeback/schema";

/** Cost centers with what they are charged; a row opens what for. */
export function ChargebackTable({ report }: { report: Chargeback }) {
  const t = useTranslations("chargeback");
  const [opened, setOpened] = useState<ChargebackLine | null>(null);
  const name = opened?.costCenter?.name ?? t("unallocated");
  const columns = useLineColumns(report);
  return (
    <Card>
      <DataTable
        label={t("title")}
        columns={columns}
        rows={report.lines}
        rowKey={({ costCenter }) => costCenter?.id ?? "unallocated"}
        onRowOpen={setOpened}
        hasTotals
        fileSuffix={report.month}
      />
      <Sheet open={opened !== null} onOpenChange={(isOpen) => !isOpen && setOpened(null)}>
        <SheetContent className="sm:max-w-2xl">
          <SheetHeader>
            <SheetTitle>{name}</SheetTitle>
            <SheetDescription>{t("partsOf")}</SheetDescription>
          </SheetHeader>
          {opened && <PartTables line={opened} />}
        </SheetContent>
      </Sheet>
    </Card>
  );
}

function useLineColumns({ totals }: Chargeback): DataColumn<ChargebackLine>[] {
  const t = useTranslations("chargeback");
  const amounts = useAmountColumns<ChargebackLine>(totals);
  return useMemo(
    () => [
      {
        id: "name",
        header: t("costCenter"),
        value: ({ costCenter }) => costCenter?.name ?? t("unallocated"),
        cell: (line) => <LineName line={line} />,
        isHideable: false,
      },
      ...amounts.slice(0, 1),
      {
        id: "share",
        header: t("share"),
        kind: "share",
        width: 150,
        value: ({ share }) => share,
        cell: ({ share }) => <ShareCell share={share} />,
      },
      ...amounts.slice(1),
      { id: "id", header: "ID", value: ({ costCenter }) => costCenter?.id ?? null, isInitiallyHidden: true },
    ],
    [t, amounts],
  );
}

function LineName({ line: { costCenter, markups } }: { line: ChargebackLine }) {
  const t = useTranslations("chargeback");
  if (!costCenter) {
    return (
      <Tooltip content={t("unallocatedHint")}>
        <span className="underline decoration-border-strong decoration-dotted underline-offset-4">
          {t("unallocated")}
        </span>
      </Tooltip>
    );
  }
  return (
    <span className="flex min-w-0 items-baseline gap-2.5">
      <span dir="auto" className="name-text" title={costCenter.name}>
        {costCenter.name}
      </span>
      {costCenter.code && <span className="font-mono text-xs text-muted-foreground">{costCenter.code}</span>}
      {markups.length > 0 && (
        <span className="tabular shrink-0 text-xs text-muted-foreground">
          {t("percents", { percents: markups.map((one) => (one.startsWith("-") ? one : `+${one}`)).join(", ") })}
        </span>
      )}
    </span>
  );
}

type Amounts = NonNullable<Chargeback["totals"]>;

function useAmountColumns<T extends Amounts>(totals: Amounts | null): DataColumn<T>[] {
  const t = useTranslations("chargeback");
  return useMemo(
    () => [
      {
        id: "billed",
        header: t("billed"),
        kind: "money",
        width: 130,
        value: ({ billed }) => billed,
        total: totals?.billed,
      },
      {
        id: "shared",
        header: t("shared"),
        hint: t("sharedHint"),
        kind: "money",
        width: 140,
        value: ({ shared }) => shared,
        total: totals?.shared,
        isInitiallyHidden: true,
      },
      {
        id: "adjustment",
        header: t("adjustment"),
        kind: "money",
        width: 160,
        value: ({ adjustment }) => adjustment,
        cell: ({ adjustment }) => <Difference value={adjustment} />,
        total: totals?.adjustment,
      },
      {
        id: "charged",
        header: t("charged"),
        kind: "money",
        width: 130,
        value: ({ shown }) => shown,
        total: totals?.shown,
      },
    ],
    [t, totals],
  );
}

/** What a cost center is charged for, by project or by line of the bill. */
function PartTables({ line }: { line: ChargebackLine }) {
  const t = useTranslations("chargeback");
  const [part, setPart] = useState<ChargePart>("project");
  const label = t(`by.${part}`);
  return (
    <div className="flex min-h-0 min-w-0 flex-col gap-3">
      <SegmentedControl
        aria-label={t("partsOf")}
        size="sm"
        className="mx-4"
        segments={chargeParts.map((value) => ({ value, label: t(`by.${value}`) }))}
        value={part}
        onValueChange={setPart}
      />
      <div className="min-w-0 overflow-y-auto border-t">
        {part === "project" ? <ProjectTable line={line} label={label} /> : <LineItemTable line={line} label={label} />}
      </div>
    </div>
  );
}

type PartTableProps = { line: ChargebackLine; label: string };
type ProjectRow = ChargebackLine["projects"][number];

function ProjectTable({ line, label }: PartTableProps) {
  const t = useTranslations("chargeback");
  const amounts = useAmountColumns<ProjectRow>(line);
  const columns = useMemo(
    (): DataColumn<ProjectRow>[] => [
      {
        id: "name",
        header: t("project"),
        value: ({ member }) => member.name ?? member.key ?? t("noProject"),
        cell: ({ member }) => (member.key === null ? t("noProject") : <MemberName member={member} />),
        isHideable: false,
      },
      ...amounts,
    ],
    [t, amounts],
  );
  const rowKey = ({ member }: ProjectRow) => member.key ?? "";
  return (
    <DataTable label={label} columns={columns} rows={line.projects} rowKey={rowKey} hasToolbar={false} hasTotals />
  );
}

type LineItemRow = ChargebackLine["lineItems"][number];

function LineItemTable({ line, label }: PartTableProps) {
  const t = useTranslations("chargeback");
  const amounts = useAmountColumns<LineItemRow>(line);
  const columns = useMemo(
    (): DataColumn<LineItemRow>[] => [
      {
        id: "name",
        header: t("lineItem"),
        value: ({ lineItem }) => lineItem ?? t("noLineItem"),
        isHideable: false,
      },
      ...amounts,
    ],
    [t, amounts],
  );
  const rowKey = ({ lineItem }: LineItemRow) => lineItem ?? "";
  return (
    <DataTable label={label} columns={columns} rows={line.lineItems} rowKey={rowKey} hasToolbar={false} hasTotals />
  );
}
