"use client";

import { CheckIcon, ChevronsUpDownIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { FieldControlProps } from "@/components/forms/field";
import { Button } from "@/components/ui/button";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

type TimezonePickerProps = { control: FieldControlProps; value: string; onValueChange: (timezone: string) => void };

/** Every name of the IANA list that this browser knows, and the one that is chosen. */
const timezones = (chosen: string) => [...new Set(["UTC", chosen, ...Intl.supportedValuesOf("timeZone")])];

export function TimezonePicker({ control, value, onValueChange }: TimezonePickerProps) {
  const t = useTranslations("orgs");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger asChild>
        {/* oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- the trigger adds aria-controls */}
        <Button {...control} variant="outline" role="combobox" aria-expanded={isOpen} className="h-9 justify-between">
          <span className="truncate font-normal">{value.replaceAll("_", " ")}</span>
          <ChevronsUpDownIcon className="text-muted-foreground" />
        </Button>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-72 p-0">
        <Command defaultValue={value}>
          <CommandInput placeholder={t("timezoneSearch")} />
          <CommandList>
            <CommandEmpty>{t("timezoneNone")}</CommandEmpty>
            {timezones(value).map((timezone) => (
              <CommandItem
                key={timezone}
                value={timezone}
                keywords={[timezone, timezone.replaceAll("_", " ")]}
                onSelect={() => {
                  onValueChange(timezone);
                  setIsOpen(false);
                }}
              >
                <span className="flex-1 truncate">{timezone.replaceAll("_", " ")}</span>
                {timezone === value && <CheckIcon />}
              </CommandItem>
            ))}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}
