"use client";

import { CircleCheckIcon, InfoIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { ratioOf } from "@/components/lib/decimal";
import { useFormat } from "@/components/lib/use-format";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { Card, CardAction, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Money } from "@/components/ui/figure";
import type { Tie, TiedOrganization } from "@/server/reconciliation/schema";

/** Each cut of the bill: what it attributes, what is nobody's, what its list lacks; every row adds up to the total. */
export function TiesCard({ organization, name }: { organization: TiedOrganization; name: string }) {
  const t = useTranslations("reconciliation.ties");
  const { ties, total } = organization;
  const columns = useTieColumns(total);
  return (
    <Card>
      <CardHeader className="border-b max-sm:flex-col max-sm:gap-2">
        <div className="min-w-0">
          <CardTitle>{t("title", { name })}</CardTitle>
          <CardDescription className="mt-1 max-w-3xl text-pretty">{t("description")}</CardDescription>
        </div>
        <CardAction>
          <span className="text-xl font-semibold tracking-tight">
            <Money value={total} />
          </span>
        </CardAction>
      </CardHeader>
      <DataTable
        label={t("label")}
        columns={columns}
        rows={ties}
        rowKey={({ by }) => by}
        hasToolbar={false}
        empty={t("empty")}
      />
    </Card>
  );
}

function useTieColumns(total: string | null): DataColumn<Tie>[] {
  const t = useTranslations("reconciliation.ties");
  const format = useFormat();
  return useMemo(
    () => [
      { id: "by", header: t("cut"), value: ({ by }) => t(`cuts.${by}`), isSortable: false, width: 130 },
      { id: "members", header: t("members"), kind: "count", width: 90, value: (row) => row.members, isSortable: false },
      {
        id: "attributed",
        header: t("attributed"),
        kind: "money",
        width: 124,
        value: (row) => row.attributed,
        isSortable: false,
      },
      {
        id: "share",
        header: t("share"),
        kind: "share",
        width: 90,
        value: (row) => ratioOf(row.attributed, total),
        cell: (row) => format.share(ratioOf(row.attributed, total)),
        isSortable: false,
      },
      {
        id: "nobody",
        header: t("nobody"),
        hint: t("nobodyHint"),
        kind: "money",
        width: 124,
        value: (row) => row.nobody,
        isSortable: false,
      },
      {
        id: "notListed",
        header: t("notListed"),
        hint: t("notListedHint"),
        kind: "money",
        width: 124,
        value: (row) => row.notListed,
        isSortable: false,
      },
      {
        id: "state",
        header: t("state"),
        value: (row) => t(stateOf(row)),
        cell: (row) => <TieState state={stateOf(row)} />,
        width: 240,
        isSortable: false,
      },
    ],
    [t, format, total],
  );
}

const stateOf = ({ notListed }: Tie) => (Number(notListed) === 0 ? "ties" : "tiesWithRest");

function TieState({ state }: { state: ReturnType<typeof stateOf> }) {
  const t = useTranslations("reconciliation.ties");
  const Icon = state === "ties" ? CircleCheckIcon : InfoIcon;
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={t(`${state}Hint`)}>
      <Icon
        aria-hidden="true"
        className={state === "ties" ? "size-4 shrink-0 text-success-text" : "size-4 shrink-0 text-muted-foreground"}
      />
      <span className="name-text">{t(state)}</span>
    </span>
  );
}
