"use client";

import { ListFilterIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { groups } from "@/components/audit/audit-params";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { AuditGroup } from "@/server/audit/constants";

type GroupFilterProps = { chosen: readonly AuditGroup[]; onChosenChange: (groups: AuditGroup[]) => void };

/** What it is about: any of the groups of actions. */
export function GroupFilter({ chosen, onChosenChange }: GroupFilterProps) {
  const t = useTranslations("audit");
  const [first] = chosen;
  const label =
    first === undefined
      ? t("filter.anyAction")
      : chosen.length === 1
        ? t(`group.${first}`)
        : t("filter.groups", { count: chosen.length });
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline">
          <span className="sr-only">{t("filter.action")}</span>
          <ListFilterIcon className="text-muted-foreground" />
          {label}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        {groups.map((group) => (
          <DropdownMenuCheckboxItem
            key={group}
            checked={chosen.includes(group)}
            onCheckedChange={(checked) =>
              onChosenChange(
                groups.filter((candidate) => (candidate === group ? checked === true : chosen.includes(candidate))),
              )
            }
            onSelect={(event) => event.preventDefault()}
          >
            {t(`group.${group}`)}
          </DropdownMenuCheckboxItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
