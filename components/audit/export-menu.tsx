"use client";

import { DownloadIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { exportPath } from "@/components/audit/audit-params";
import type { AuditQuery } from "@/components/audit/types";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

/** The events of the filter, all of them, as a file. */
export function ExportMenu({ query }: { query: AuditQuery }) {
  const t = useTranslations("audit.export");
  const org = useOrg().slug;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline">
          <DownloadIcon />
          {t("action")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {(["csv", "json"] as const).map((format) => (
          <DropdownMenuItem key={format} asChild>
            <a href={exportPath(org, query, format)} download>
              {t(format)}
            </a>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
