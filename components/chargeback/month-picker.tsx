"use client";

import { ChevronLeftIcon, ChevronRightIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { monthAfter, monthBefore, monthsUpTo } from "@/components/chargeback/months";
import type { Day } from "@/components/lib/format-date";
import { useFormat } from "@/components/lib/use-format";
import { Button } from "@/components/ui/button";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";

type MonthPickerProps = { month: string; today: Day; onChange: (month: string) => void };

/** A UTC month, with steps to and fro. */
export function MonthPicker({ month, today, onChange }: MonthPickerProps) {
  const t = useTranslations("chargeback");
  const format = useFormat();
  const name = (value: string) => format.bucket(`${value}-01`, "month");
  return (
    <div className="flex items-center">
      <Button
        variant="outline"
        size="icon"
        aria-label={t("previous")}
        className="rounded-r-none border-r-0"
        onClick={() => onChange(monthBefore(month))}
      >
        <ChevronLeftIcon />
      </Button>
      <Select value={month} onValueChange={onChange}>
        <SelectTrigger aria-label={`${t("month")}: ${name(month)}`} className="rounded-none">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          {monthsUpTo(today, month).map((value) => (
            <SelectItem key={value} value={value}>
              {name(value)}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      <Button
        variant="outline"
        size="icon"
        aria-label={t("next")}
        className="rounded-l-none border-l-0"
        disabled={month >= today.slice(0, 7)}
        onClick={() => onChange(monthAfter(month))}
      >
        <ChevronRightIcon />
      </Button>
    </div>
  );
}
