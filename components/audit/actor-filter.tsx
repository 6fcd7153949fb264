"use client";

import { CheckIcon, UserSearchIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActorIcon } from "@/components/audit/actor-icon";
import { useActors } from "@/components/audit/use-actors";
import { Button } from "@/components/ui/button";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

type ActorFilterProps = {
  /** "user:<id>", or a kind. */
  chosen: string | null;
  onChosenChange: (actor: string | null) => void;
  /** A name for somebody who is in the log but no longer among the members. */
  nameOf: (actor: string) => string | undefined;
};

/** Who did it: a member, a token, or what acts by itself. */
export function ActorFilter({ chosen, onChosenChange, nameOf }: ActorFilterProps) {
  const t = useTranslations("audit.filter");
  const [isOpen, setOpen] = useState(false);
  const actors = useActors(isOpen || chosen !== null);
  const choose = (actor: string | null) => {
    onChosenChange(actor);
    setOpen(false);
  };
  const name = chosen && (actors.find(({ value }) => value === chosen)?.label ?? nameOf(chosen) ?? t("somebody"));
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant="outline" className="max-w-64 min-w-0 shrink">
          <span className="sr-only">{t("actor")}</span>
          <UserSearchIcon className="text-muted-foreground" />
          <span className="truncate">{name ?? t("anybody")}</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-72 p-0">
        <Command>
          <CommandInput placeholder={t("actorSearch")} aria-label={t("actorSearch")} />
          <CommandList>
            <CommandEmpty>{t("actorNone")}</CommandEmpty>
            <CommandItem value="anybody" keywords={[t("anybody")]} onSelect={() => choose(null)}>
              <span className="flex-1">{t("anybody")}</span>
              {chosen === null && <CheckIcon />}
            </CommandItem>
            {actors.map(({ value, label, type }) => (
              <CommandItem key={value} value={value} keywords={[label]} onSelect={() => choose(value)}>
                <ActorIcon type={type} />
                <span className="min-w-0 flex-1 name-text">{label}</span>
                {chosen === value && <CheckIcon />}
              </CommandItem>
            ))}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}
