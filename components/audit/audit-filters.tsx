"use client";

import { SearchIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActorFilter } from "@/components/audit/actor-filter";
import { type AuditState, isFiltered, unfiltered } from "@/components/audit/audit-params";
import { GroupFilter } from "@/components/audit/group-filter";
import { WhenFilter } from "@/components/audit/when-filter";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

export type SetAuditState = (change: Partial<{ [Name in keyof AuditState]: AuditState[Name] | null }>) => void;

type AuditFiltersProps = {
  state: AuditState;
  onChange: SetAuditState;
  nameOfActor: (actor: string) => string | undefined;
  nameOfTarget: (target: string) => string | undefined;
};

/** Everything that the log can be narrowed down by; what is chosen stands in the address. */
export function AuditFilters({ state, onChange, nameOfActor, nameOfTarget }: AuditFiltersProps) {
  const t = useTranslations("audit.filter");
  return (
    <search className="flex w-full flex-wrap items-center gap-2">
      <div className="relative w-full sm:w-64">
        <SearchIcon aria-hidden="true" className="absolute top-2 left-2.5 size-4 text-muted-foreground" />
        <Input
          type="search"
          value={state.q}
          maxLength={100}
          onChange={(event) => onChange({ q: event.target.value || null })}
          placeholder={t("search")}
          aria-label={t("search")}
          className="pl-8"
        />
      </div>
      <ActorFilter chosen={state.actor} onChosenChange={(actor) => onChange({ actor })} nameOf={nameOfActor} />
      <GroupFilter chosen={state.action} onChosenChange={(action) => onChange({ action })} />
      <WhenFilter days={state} onDaysChange={onChange} />
      {state.target && (
        <TargetChip name={nameOfTarget(state.target) ?? state.target} onRemove={() => onChange({ target: null })} />
      )}
      {isFiltered(state) && (
        <Button variant="ghost" onClick={() => onChange(unfiltered)}>
          {t("clear")}
        </Button>
      )}
    </search>
  );
}

function TargetChip({ name, onRemove }: { name: string; onRemove: () => void }) {
  const t = useTranslations("audit.filter");
  const layout = useTranslations("layout");
  return (
    <Badge variant="accent" className="h-8 pr-0.5 pl-2.5">
      <span className="max-w-48 truncate">{t("targetIs", { name })}</span>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={layout("removeFilter", { label: t("target"), value: name })}
        onClick={onRemove}
      >
        <XIcon />
      </Button>
    </Badge>
  );
}
