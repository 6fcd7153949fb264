"use client";

import { useTranslations } from "next-intl";
import type { PaletteGroup, PaletteItem } from "@/components/layout/command-palette";
import { navIcons } from "@/components/layout/nav";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";

type PaletteListProps = {
  groups: readonly PaletteGroup[];
  onSelect: (item: PaletteItem) => void;
  onQueryChange?: (query: string) => void;
};

/** What the open palette holds: a field to type in, and what it finds. */
export function PaletteList({ groups, onSelect, onQueryChange }: PaletteListProps) {
  const t = useTranslations("layout");
  return (
    <Command label={t("search")} loop>
      {/* It comes after the dialog, which looks for something to focus when it opens. */}
      <CommandInput autoFocus placeholder={t("searchPlaceholder")} onValueChange={onQueryChange} />
      <CommandList>
        <CommandEmpty>{t("searchEmpty")}</CommandEmpty>
        {groups.map((group) => (
          <CommandGroup key={group.heading} heading={group.heading}>
            {group.items.map((item) => (
              <PaletteRow key={item.id} item={item} onSelect={() => onSelect(item)} />
            ))}
          </CommandGroup>
        ))}
      </CommandList>
    </Command>
  );
}

function PaletteRow({ item, onSelect }: { item: PaletteItem; onSelect: () => void }) {
  const Icon = item.icon && navIcons[item.icon];
  return (
    <CommandItem value={item.id} keywords={[item.label, item.hint ?? "", ...(item.keywords ?? [])]} onSelect={onSelect}>
      {Icon && <Icon aria-hidden="true" />}
      <span className="name-text">{item.label}</span>
      {item.hint && <span className="name-text ml-auto max-w-[50%] text-xs text-muted-foreground">{item.hint}</span>}
    </CommandItem>
  );
}
