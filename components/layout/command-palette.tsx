"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import type { NavIcon } from "@/components/layout/nav";
import { Dialog, DialogContent, DialogTitle } from "@/components/ui/dialog";

// Fetched when it is first opened: most visits never do.
const PaletteList = dynamic(() => import("@/components/layout/palette-list").then((m) => m.PaletteList), {
  ssr: false,
  loading: () => <div className="h-96" />,
});

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
        <PaletteList groups={groups} onSelect={run} onQueryChange={onQueryChange} />
      </DialogContent>
    </Dialog>
  );
}
