"use client";

import { CalendarIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { RangePanel, RangePanelItem } from "@/components/layout/date-range-picker";
import { addDays, type DayRange, dayInZone, matchPreset } from "@/components/lib/date-range";
import type { Day } from "@/components/lib/format-date";
import { useFormat } from "@/components/lib/use-format";
import { useNow } from "@/components/lib/use-now";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

/** Days as the address has them: `to` is the day after the last one. */
type Days = { from: Day | null; to: Day | null };

/** Any time, or days of the organization's zone. */
export function WhenFilter({ days, onDaysChange }: { days: Days; onDaysChange: (days: Days) => void }) {
  const t = useTranslations("audit.filter");
  const presets = useTranslations("range");
  const format = useFormat();
  const { timezone } = useOrg();
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  const range = shownRange(days);
  const today = now === null ? null : dayInZone(timezone, now);
  const preset = range && today && matchPreset(range, today);
  const choose = (chosen: DayRange | null) => {
    onDaysChange({ from: chosen && chosen.from, to: chosen && addDays(chosen.to, 1) });
    setOpen(false);
  };
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant="outline">
          <span className="sr-only">{presets("label")}</span>
          <CalendarIcon className="text-muted-foreground" />
          {preset ? presets(preset) : range ? format.dayRange(range.from, range.to) : t("anyTime")}
        </Button>
      </PopoverTrigger>
      <PopoverContent className="w-auto p-0">
        {today && (
          <RangePanel value={range} onChoose={choose} today={today} zone={timezone}>
            <RangePanelItem isChosen={range === null} onClick={() => choose(null)}>
              {t("anyTime")}
            </RangePanelItem>
          </RangePanel>
        )}
      </PopoverContent>
    </Popover>
  );
}

/** An address can leave one end open; what is shown then is the day that it names. */
function shownRange({ from, to }: Days): DayRange | null {
  const last = to && addDays(to, -1);
  const first = from ?? last;
  return first ? { from: first, to: last ?? first } : null;
}
