"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { LandmarkIcon, MoreHorizontalIcon, PlusIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CostCenterForm } from "@/components/allocation/cost-center-form";
import { FormDialog } from "@/components/forms/form-dialog";
import { MarkupForm } from "@/components/allocation/markup-form";
import { Timeline } from "@/components/allocation/timeline";
import { useAllocationMutations } from "@/components/allocation/use-allocation-mutations";
import { utcToday } from "@/components/allocation/validity";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { EmptyState } from "@/components/layout/empty-state";
import { useTRPC } from "@/components/lib/trpc";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardHeader, CardTitle } from "@/components/ui/card";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { CostCenter } from "@/server/allocation/schema";

/** The organization's cost centers, with what is put on top of their costs. */
export function CostCenterCard() {
  const t = useTranslations("allocation.centers");
  const mayWrite = useCan("allocation:write");
  const org = useOrg().slug;
  const { data: centers } = useSuspenseQuery(useTRPC().allocation.costCenters.queryOptions({ org }));
  const [isAdding, setAdding] = useState(false);
  const close = () => setAdding(false);
  const add = mayWrite && (
    <Button size="sm" onClick={() => setAdding(true)}>
      <PlusIcon />
      {t("add")}
    </Button>
  );
  return (
    <>
      {centers.length === 0 ? (
        <EmptyState icon={LandmarkIcon} title={t("empty")} description={t("emptyText")} action={add} />
      ) : (
        <Card className="max-w-3xl">
          <CardHeader>
            <CardTitle>{t("list")}</CardTitle>
            <CardAction>{add}</CardAction>
          </CardHeader>
          <ul className="divide-y border-t">
            {centers.map((center) => (
              <CenterRow key={center.id} center={center} mayWrite={mayWrite} />
            ))}
          </ul>
        </Card>
      )}
      <FormDialog isOpen={isAdding} onClose={close}>
        {isAdding && <CostCenterForm center={null} onClose={close} />}
      </FormDialog>
    </>
  );
}

type CenterRowProps = { center: CostCenter; mayWrite: boolean };

function CenterRow({ center, mayWrite }: CenterRowProps) {
  const t = useTranslations("allocation.centers");
  const today = utcToday();
  const now = center.markups.findLast(({ from }) => from <= today)?.percent ?? "0";
  const percentText = (percent: string | null) =>
    percent === null || Number(percent) === 0 ? t("noMarkup") : t("markupNow", { percent: signed(percent) });
  return (
    <li className="flex items-start gap-3 px-4 py-3 text-13 sm:px-5">
      <div className="grid min-w-0 flex-1 gap-0.5">
        <span dir="auto" className="name-text font-medium">
          {center.name}
        </span>
        {center.code && <span className="name-text font-mono text-xs text-muted-foreground">{center.code}</span>}
      </div>
      <div className="grid w-40 justify-items-start gap-1">
        <span className="tabular">
          <span className="text-muted-foreground">{t("markup")} </span>
          {percentText(now)}
        </span>
        <Timeline
          title={t("markup")}
          entries={center.markups.map(({ from, percent }) => ({ from, value: percent }))}
          textOf={percentText}
        />
      </div>
      {mayWrite && <CenterActions center={center} now={now} />}
    </li>
  );
}

const signed = (percent: string) => (percent.startsWith("-") ? percent : `+${percent}`);

function CenterActions({ center, now }: { center: CostCenter; now: string }) {
  const t = useTranslations("allocation.centers");
  const org = useOrg().slug;
  const [open, setOpen] = useState<"edit" | "markup" | "remove" | null>(null);
  const close = () => setOpen(null);
  const { removeCostCenter } = useAllocationMutations(close);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={t("menu", { name: center.name })}>
            <MoreHorizontalIcon />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setOpen("edit")}>{t("edit")}</DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setOpen("markup")}>{t("setMarkup")}</DropdownMenuItem>
          <DropdownMenuItem
            variant="destructive"
            disabled={center.isUsed}
            title={center.isUsed ? t("used") : undefined}
            onSelect={() => setOpen("remove")}
          >
            {t("remove")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <FormDialog isOpen={open === "edit" || open === "markup"} onClose={close}>
        {open === "edit" && <CostCenterForm center={center} onClose={close} />}
        {open === "markup" && <MarkupForm center={center} now={now} onClose={close} />}
      </FormDialog>
      <ConfirmDialog
        isOpen={open === "remove"}
        onOpenChange={(isOpen) => !isOpen && close()}
        title={t("removeTitle", { name: center.name })}
        text={t("removeText")}
        submit={t("remove")}
        mutation={removeCostCenter}
        onConfirm={() => removeCostCenter.mutate({ org, costCenterId: center.id })}
      />
    </>
  );
}
