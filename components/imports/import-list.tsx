"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { FileInputIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { Recognised } from "@/components/imports/file-list";
import { useImportWords } from "@/components/imports/use-import-words";
import { EmptyState } from "@/components/layout/empty-state";
import { useTRPC } from "@/components/lib/trpc";
import { useFormat } from "@/components/lib/use-format";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { toast } from "@/components/ui/toaster";
import type { ImportSummary } from "@/server/imports/schema";

/** What was imported, newest first, and the way to take it back. */
export function ImportList() {
  const t = useTranslations("imports.list");
  const { slug: org } = useOrg();
  const { data: imports } = useSuspenseQuery(useTRPC().imports.list.queryOptions({ org }));
  if (imports.length === 0) return <EmptyState icon={FileInputIcon} title={t("empty")} description={t("emptyText")} />;
  return (
    <Card>
      <CardHeader className="border-b">
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>{t("rule")}</CardDescription>
        </div>
      </CardHeader>
      <ul aria-label={t("title")} className="divide-y">
        {imports.map((row) => (
          <ImportRow key={row.id} row={row} />
        ))}
      </ul>
    </Card>
  );
}

function ImportRow({ row }: { row: ImportSummary }) {
  const t = useTranslations("imports.list");
  const format = useFormat();
  const { organizationName } = useImportWords();
  const canUndo = useCan("imports:write") && row.state === "committed";
  const [isOpen, setOpen] = useState(false);
  const by = row.committedBy ?? "";
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3 px-4 py-3.5 text-13 sm:px-5">
      <div className="grid min-w-0 flex-1 basis-72 gap-2">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground">
          <span>{t("at", { date: format.instant(row.committedAt), name: by })}</span>
          <span aria-hidden="true">·</span>
          <span className="name-text">{organizationName(row.openaiOrgId, row.organizationName)}</span>
          <StateBadge row={row} />
        </p>
        <ul className="grid gap-2">
          {row.files.map((file) => (
            <li key={file.id} className="min-w-0">
              <p className="name-text font-medium">{file.name}</p>
              <Recognised file={file} />
            </li>
          ))}
        </ul>
      </div>
      {canUndo && (
        <Button
          variant="outline"
          size="sm"
          aria-label={t("undoTitle", { count: row.files.length })}
          onClick={() => setOpen(true)}
        >
          {t("undo")}
        </Button>
      )}
      <UndoDialog row={row} isOpen={isOpen} onOpenChange={setOpen} />
    </li>
  );
}

function StateBadge({ row }: { row: ImportSummary }) {
  const t = useTranslations("imports.list");
  const format = useFormat();
  const days = Math.max(0, ...row.files.map((file) => file.days));
  if (row.state === "undone")
    return (
      <Badge title={t("undoneAt", { date: format.instant(row.undoneAt), name: row.undoneBy ?? "" })}>
        {t("undone")}
      </Badge>
    );
  if (days === 0) return null;
  return (
    <Badge variant={row.countedDays > 0 ? "success" : "neutral"}>{t("counted", { count: row.countedDays })}</Badge>
  );
}

type UndoProps = { row: ImportSummary; isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

function UndoDialog({ row, isOpen, onOpenChange }: UndoProps) {
  const t = useTranslations("imports.list");
  const { slug: org } = useOrg();
  const queryClient = useQueryClient();
  const undo = useMutation(
    useTRPC().imports.undo.mutationOptions({
      onSuccess: async () => {
        toast.success(t("undoDone"));
        onOpenChange(false);
        // Every figure may be another one now.
        await queryClient.invalidateQueries();
      },
    }),
  );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t("undoTitle", { count: row.files.length })}
      text={t("undoText")}
      submit={t("undo")}
      mutation={undo}
      onConfirm={() => undo.mutate({ org, importId: row.id })}
    />
  );
}
