"use client";

import { useTranslations } from "next-intl";
import { useImportWords } from "@/components/imports/use-import-words";
import { useFormat } from "@/components/lib/use-format";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { Money } from "@/components/ui/figure";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { ImportOverlap } from "@/server/imports/schema";

const SHOWN = 31;

/** Days that something else has as well, and which of the two counts. */
export function OverlapTable({ overlaps }: { overlaps: readonly ImportOverlap[] }) {
  const t = useTranslations("imports.overlap");
  const { listName } = useImportWords();
  const format = useFormat();
  if (overlaps.length === 0) return <p className="text-13 text-muted-foreground">{t("none")}</p>;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <Callout variant="info" title={t("title")}>
        {t("rule")}
      </Callout>
      <div className="rounded-lg border">
        <Table aria-label={t("title")}>
          <TableHeader>
            <TableRow>
              <TableHead>{t("day")}</TableHead>
              <TableHead>{t("list")}</TableHead>
              <TableHead numeric>{t("here")}</TableHead>
              <TableHead numeric>{t("there")}</TableHead>
              <TableHead>{t("counts")}</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {overlaps.slice(0, SHOWN).map(({ list, day, here, there, source, counts }) => (
              <TableRow key={`${list} ${day}`}>
                <TableCell className="whitespace-nowrap">{format.day(day)}</TableCell>
                <TableCell className="whitespace-nowrap">{listName(list)}</TableCell>
                <TableCell numeric>
                  <Money value={here} />
                </TableCell>
                <TableCell numeric>
                  <Money value={there} />
                </TableCell>
                <TableCell>
                  <Badge variant={counts === "sync" ? "neutral" : "accent"}>
                    {counts === "sync" ? t("sync") : t(source === "import" ? "replaces" : "these")}
                  </Badge>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
        {overlaps.length > SHOWN && (
          <p className="border-t px-4 py-2 text-13 text-muted-foreground">
            {t("more", { count: overlaps.length - SHOWN })}
          </p>
        )}
      </div>
    </div>
  );
}
