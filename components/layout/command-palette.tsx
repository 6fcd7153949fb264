"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { type NavIcon, navIcons } from "@/components/layout/nav";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Dialog, DialogContent, DialogTitle } from "@/components/ui/dialog";

export type PaletteItem = {
  id: string;
  label: string;
  /** At the end of the row: an email address, a redacted key. */
  hint?: string;
  icon?: NavIcon;
  /** Found by these too. */
  keywords?: readonly string[];
  /** Either leads somewhere or does something. */
  href?: string;
  onSelect?: () => void;
};

export type PaletteGroup = { heading: string; items: readonly PaletteItem[] };

type CommandPaletteProps = {
  groups: readonly PaletteGroup[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What is typed, for groups that come from the server. */
  onQueryChange?: (query: string) => void;
};

/** Ctrl or Cmd and K, from anywhere. */
export function CommandPalette({ groups, open, onOpenChange, onQueryChange }: CommandPaletteProps) {
  const t = useTranslations("layout");
  const router = useRouter();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      onOpenChange(!open);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [open, onOpenChange]);
  const run = (item: PaletteItem) => {
    onOpenChange(false);
    if (item.href) router.push(item.href);
    item.onSelect?.();
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        showClose={false}
        aria-describedby={undefined}
        className="top-[12vh] max-w-xl translate-y-0 gap-0 overflow-hidden p-0"
      >
        <DialogTitle className="sr-only">{t("search")}</DialogTitle>
        <Command label={t("search")} loop>
          <CommandInput placeholder={t("searchPlaceholder")} onValueChange={onQueryChange} />
          <CommandList>
            <CommandEmpty>{t("searchEmpty")}</CommandEmpty>
            {groups.map((group) => (
              <CommandGroup key={group.heading} heading={group.heading}>
                {group.items.map((item) => (
                  <PaletteRow key={item.id} item={item} onSelect={() => run(item)} />
                ))}
              </CommandGroup>
            ))}
          </CommandList>
        </Command>
      </DialogContent>
    </Dialog>
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
