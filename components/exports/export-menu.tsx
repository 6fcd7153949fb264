"use client";

import { DownloadIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ExportChoice, exportPath, factsChoices, tableChoices } from "@/components/exports/export-path";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useUsageRange } from "@/components/usage/range-context";

/**
 * The figures of the page as a file: its groups added up, or every fact behind them.
 * @param groupBy as the command line names groups: "day,project"
 */
export function ExportMenu({ groupBy }: { groupBy: string }) {
  const t = useTranslations("exports");
  const org = useOrg().slug;
  const { query: range } = useUsageRange();
  const item = (choice: ExportChoice) => (
    <DropdownMenuItem key={choice.name} asChild>
      <a href={exportPath(org, { range, groupBy, choice })} download>
        {t(choice.name)}
      </a>
    </DropdownMenuItem>
  );
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" size="sm">
          <DownloadIcon />
          {t("action")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>{t("table")}</DropdownMenuLabel>
        {tableChoices.map(item)}
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{t("facts")}</DropdownMenuLabel>
        {factsChoices.map(item)}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
