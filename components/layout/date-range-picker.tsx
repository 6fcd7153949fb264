"use client";

import { CalendarIcon, ChevronLeftIcon, ChevronRightIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { cn } from "@/components/lib/cn";
import {
  countDays,
  type DayRange,
  isValidRange,
  matchPreset,
  nextRange,
  presetRange,
  previousRange,
  rangePresets,
} from "@/components/lib/date-range";
import type { Day } from "@/components/lib/format-date";
import { useFormat } from "@/components/lib/use-format";
import { Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { Label } from "@/components/ui/label";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

type DateRangePickerProps = {
  value: DayRange;
  onValueChange: (range: DayRange) => void;
  /** Today in the organization's zone. */
  today: Day;
  /** Whose days these are: "GMT+9", "Asia/Seoul". */
  zone?: string;
};

/** Presets, any range of days, and steps of the range's own length to and fro. */
export function DateRangePicker({ value, onValueChange, today, zone }: DateRangePickerProps) {
  const t = useTranslations("range");
  const format = useFormat();
  const [isOpen, setIsOpen] = useState(false);
  const preset = matchPreset(value, today);
  const choose = (range: DayRange) => {
    onValueChange(range);
    setIsOpen(false);
  };
  const dates = format.dayRange(value.from, value.to);
  return (
    <div className="flex min-w-0 items-center">
      <Button
        variant="outline"
        size="icon"
        aria-label={t("previous")}
        className="rounded-r-none border-r-0"
        onClick={() => onValueChange(previousRange(value))}
      >
        <ChevronLeftIcon />
      </Button>
      <Popover open={isOpen} onOpenChange={setIsOpen}>
        <PopoverTrigger asChild>
          <Button variant="outline" className="min-w-0 shrink rounded-none px-2.5">
            <span className="sr-only">{t("label")}</span>
            <CalendarIcon className="text-muted-foreground" />
            {preset && <span>{t(preset)}</span>}
            <span className={cn("truncate tabular", preset && "font-normal text-muted-foreground max-sm:hidden")}>
              {dates}
            </span>
          </Button>
        </PopoverTrigger>
        <PopoverContent className="w-auto p-0">
          <RangePanel value={value} onChoose={choose} today={today} zone={zone} />
        </PopoverContent>
      </Popover>
      <Button
        variant="outline"
        size="icon"
        aria-label={t("next")}
        className="rounded-l-none border-l-0 disabled:opacity-100 disabled:[&_svg]:opacity-40"
        disabled={value.to >= today}
        onClick={() => onValueChange(nextRange(value, today))}
      >
        <ChevronRightIcon />
      </Button>
    </div>
  );
}

type RangePanelProps = Pick<DateRangePickerProps, "today" | "zone"> & {
  /** Null: none is chosen yet. */
  value: DayRange | null;
  onChoose: (range: DayRange) => void;
  /** Above the presets. */
  children?: ReactNode;
};

/** What the picker opens: the presets, and any range of days. */
export function RangePanel({ value, onChoose, today, zone, children }: RangePanelProps) {
  const t = useTranslations("range");
  const preset = value && matchPreset(value, today);
  const draft = value ?? { from: today, to: today };
  return (
    <div className="flex flex-col sm:flex-row">
      <ul
        aria-label={t("label")}
        className="flex flex-col gap-px p-1.5 max-sm:grid max-sm:grid-cols-2 sm:w-40 sm:border-r"
      >
        {children && <li>{children}</li>}
        {rangePresets.map((candidate) => (
          <li key={candidate}>
            <RangePanelItem isChosen={candidate === preset} onClick={() => onChoose(presetRange(candidate, today))}>
              {t(candidate)}
            </RangePanelItem>
          </li>
        ))}
      </ul>
      <CustomRange key={`${draft.from}${draft.to}`} value={draft} today={today} zone={zone} onApply={onChoose} />
    </div>
  );
}

type RangePanelItemProps = { isChosen: boolean; onClick: () => void; children: ReactNode };

export function RangePanelItem({ isChosen, onClick, children }: RangePanelItemProps) {
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onClick}
      className="h-7.5 w-full rounded-md px-2 text-left text-13 transition-colors duration-100 hover:bg-accent aria-pressed:bg-primary-soft aria-pressed:font-medium aria-pressed:text-primary-text"
    >
      {children}
    </button>
  );
}

type CustomRangeProps = Pick<DateRangePickerProps, "value" | "today" | "zone"> & { onApply: (range: DayRange) => void };

function CustomRange({ value, today, zone, onApply }: CustomRangeProps) {
  const t = useTranslations("range");
  const format = useFormat();
  const id = useId();
  const [draft, setDraft] = useState(value);
  const lastDay = value.to > today ? value.to : today;
  const isValid = isValidRange(draft, lastDay);
  const problem = draft.to > lastDay ? t("tooLate", { day: format.day(lastDay) }) : t("invalid");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isValid) onApply(draft);
  };
  return (
    <form onSubmit={submit} className="flex w-full flex-col gap-3 p-3 max-sm:border-t sm:w-60">
      <p className="text-13 font-medium">{t("custom")}</p>
      <div className="grid gap-1.5">
        <Label htmlFor={`${id}-from`} className="text-xs text-muted-foreground">
          {t("from")}
        </Label>
        <DateInput
          id={`${id}-from`}
          value={draft.from}
          max={lastDay}
          onChange={(event) => setDraft({ ...draft, from: event.target.value })}
        />
      </div>
      <div className="grid gap-1.5">
        <Label htmlFor={`${id}-to`} className="text-xs text-muted-foreground">
          {t("to")}
        </Label>
        <DateInput
          id={`${id}-to`}
          value={draft.to}
          min={draft.from}
          max={lastDay}
          aria-invalid={!isValid}
          aria-describedby={`${id}-note`}
          onChange={(event) => setDraft({ ...draft, to: event.target.value })}
        />
      </div>
      <p
        id={`${id}-note`}
        aria-live="polite"
        className={cn("min-h-4 text-xs text-muted-foreground", !isValid && "text-destructive-text")}
      >
        {isValid
          ? [t("days", { count: countDays(draft) }), zone && t("zone", { zone })].filter(Boolean).join(" · ")
          : problem}
      </p>
      <Button type="submit" disabled={!isValid} className="mt-auto self-end">
        {t("apply")}
      </Button>
    </form>
  );
}
