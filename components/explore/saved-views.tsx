"use client";

import { useQuery } from "@tanstack/react-query";
import { BookmarkIcon, EllipsisIcon, PinIcon } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useViewMutations } from "@/components/explore/use-view-mutations";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import type { ViewEntry } from "@/server/explore/schema";

// What checks the form is needed by those who save a view, not by all who look at one.
const ViewForm = dynamic(() => import("@/components/explore/view-form").then((m) => m.ViewForm));

type Asked = { kind: "create" } | { kind: "change" | "delete"; view: ViewEntry } | null;

/** Saved views to open, and the one on the screen to save. */
export function SavedViews() {
  const t = useTranslations("explore.views");
  const [isOpen, setIsOpen] = useState(false);
  const [asked, setAsked] = useState<Asked>(null);
  const ask = (next: Asked) => {
    setIsOpen(false);
    setAsked(next);
  };
  return (
    <>
      <Popover open={isOpen} onOpenChange={setIsOpen}>
        <PopoverTrigger asChild>
          <Button variant="outline">
            <BookmarkIcon />
            {t("button")}
          </Button>
        </PopoverTrigger>
        <PopoverContent align="end" className="grid gap-2">
          <ViewList onAsk={ask} onOpen={() => setIsOpen(false)} />
          <Button variant="outline" size="sm" onClick={() => ask({ kind: "create" })}>
            {t("save")}
          </Button>
        </PopoverContent>
      </Popover>
      <Dialogs asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}

type ViewListProps = { onAsk: (asked: Asked) => void; onOpen: () => void };

function ViewList({ onAsk, onOpen }: ViewListProps) {
  const t = useTranslations("explore.views");
  const { slug } = useOrg();
  const { data: views } = useQuery(useTRPC().explore.views.queryOptions({ org: slug }));
  if (!views) return <Skeleton className="h-16" />;
  if (views.length === 0) return <p className="text-13 text-pretty text-muted-foreground">{t("none")}</p>;
  return (
    <ul aria-label={t("button")} className="-mx-1 max-h-72 overflow-y-auto scrollbar-thin">
      {views.map((view) => (
        <li key={view.id} className="flex items-center gap-1 rounded-md hover:bg-accent">
          <Link
            href={`/${slug}/explore?${view.search}`}
            onClick={onOpen}
            className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-13"
          >
            <span className="name-text">{view.name}</span>
            {view.isPinned && <PinIcon aria-hidden="true" className="size-3 shrink-0 text-muted-foreground" />}
            {view.isShared && <span className="ml-auto text-xs text-muted-foreground">{t("everybodys")}</span>}
          </Link>
          {view.canChange && <ViewMenu view={view} onAsk={onAsk} />}
        </li>
      ))}
    </ul>
  );
}

function ViewMenu({ view, onAsk }: { view: ViewEntry; onAsk: (asked: Asked) => void }) {
  const t = useTranslations("explore.views");
  const { slug: org } = useOrg();
  const search = useSearchParams().toString();
  const { update } = useViewMutations(() => onAsk(null));
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={t("menu", { name: view.name })}>
          <EllipsisIcon />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => onAsk({ kind: "change", view })}>{t("rename")}</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => update.mutate({ org, viewId: view.id, search })}>
          {t("replace")}
        </DropdownMenuItem>
        <DropdownMenuItem variant="destructive" onSelect={() => onAsk({ kind: "delete", view })}>
          {t("delete")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

const blank = { name: "", isShared: false, isPinned: false };

/** Asks for a name, or once more before deleting. */
function Dialogs({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const t = useTranslations("explore.views");
  const { slug: org } = useOrg();
  const search = useSearchParams().toString();
  const { create, update, remove } = useViewMutations(onClose);
  const view = asked && asked.kind !== "create" ? asked.view : null;
  return (
    <>
      <Dialog
        open={asked?.kind === "create" || asked?.kind === "change"}
        onOpenChange={(isOpen) => !isOpen && onClose()}
      >
        <DialogContent>
          {asked?.kind === "create" && (
            <ViewForm
              title={t("saveTitle")}
              submit={t("save")}
              start={blank}
              mutation={create}
              onSubmit={(fields) => create.mutate({ org, search, ...fields })}
              onClose={onClose}
            />
          )}
          {asked?.kind === "change" && view && (
            <ViewForm
              title={view.name}
              submit={t("saveChanges")}
              start={{ name: view.name, isShared: view.isShared, isPinned: view.isPinned }}
              mutation={update}
              onSubmit={(fields) => update.mutate({ org, viewId: view.id, ...fields })}
              onClose={onClose}
            />
          )}
        </DialogContent>
      </Dialog>
      <ConfirmDialog
        isOpen={asked?.kind === "delete"}
        onOpenChange={(isOpen) => !isOpen && onClose()}
        title={t("deleteTitle", { name: view?.name ?? "" })}
        text={t("deleteText")}
        submit={t("delete")}
        mutation={remove}
        onConfirm={() => view && remove.mutate({ org, viewId: view.id })}
      />
    </>
  );
}
