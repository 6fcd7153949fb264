"use client";

import { ChevronRightIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { Card } from "@/components/ui/card";
import { Collapsible, CollapsibleContent, CollapsibleTrigger } from "@/components/ui/collapsible";
import { Money, UnknownMark } from "@/components/ui/figure";
import type { TiedOrganization } from "@/server/reconciliation/schema";

type ApartDay = TiedOrganization["daysApart"][number];

/** The days on which the list by person is not the bill, folded away; nothing where there are none. */
export function DaysApart({ organization: { daysApart, daysApartCount } }: { organization: TiedOrganization }) {
  const t = useTranslations("reconciliation.apart");
  const columns = useMemo(
    (): DataColumn<ApartDay>[] => [
      { id: "day", header: t("day"), kind: "day", value: (row) => row.day },
      { id: "billed", header: t("billed"), kind: "money", width: 130, value: (row) => row.billed },
      {
        id: "byPerson",
        header: t("byPerson"),
        kind: "money",
        width: 150,
        value: (row) => row.byPerson,
        cell: (row) =>
          row.byPerson === null ? <UnknownMark hint={t("notFetched")} /> : <Money value={row.byPerson} />,
      },
      { id: "missing", header: t("missing"), kind: "money", width: 130, value: (row) => row.missing },
    ],
    [t],
  );
  if (daysApartCount === 0) return null;
  return (
    <Card>
      <Collapsible>
        <CollapsibleTrigger className="group flex w-full items-center gap-2 rounded-lg px-4 py-3 text-left text-13 sm:px-5">
          <ChevronRightIcon
            aria-hidden="true"
            className="size-4 shrink-0 text-muted-foreground transition-transform duration-100 group-data-[state=open]:rotate-90"
          />
          {t("summary", { count: daysApartCount })}
        </CollapsibleTrigger>
        <CollapsibleContent>
          <p className="px-4 pb-3 text-13 text-pretty text-muted-foreground sm:px-5">
            {t("explanation")}
            {daysApartCount > daysApart.length && ` ${t("newest", { count: daysApart.length })}`}
          </p>
          <div className="border-t">
            <DataTable
              label={t("label")}
              columns={columns}
              rows={daysApart}
              rowKey={({ day }) => day}
              hasToolbar={false}
              maxHeight="24rem"
            />
          </div>
        </CollapsibleContent>
      </Collapsible>
    </Card>
  );
}
