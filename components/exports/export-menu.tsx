"use client";

import { DownloadIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { type ExportSection, exportPath } from "@/components/exports/export-path";
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

/** The figures of the page as a file, in the formats that its sections offer. */
export function ExportMenu({ sections }: { sections: readonly ExportSection[] }) {
  const t = useTranslations("exports");
  const org = useOrg().slug;
  const { query: range } = useUsageRange();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" size="sm">
          <DownloadIcon />
          {t("action")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {sections.map(({ title, asks, choices }, index) => (
          <Fragment key={title}>
            {index > 0 && <DropdownMenuSeparator />}
            <DropdownMenuLabel>{t(title)}</DropdownMenuLabel>
            {choices.map((choice) => (
              <DropdownMenuItem key={choice.name} asChild>
                <a href={exportPath(org, range, { ...asks, ...choice.asks })} download>
                  {t(choice.name)}
                </a>
              </DropdownMenuItem>
            ))}
          </Fragment>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
