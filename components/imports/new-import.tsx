"use client";

import { useTranslations } from "next-intl";
import { DropZone } from "@/components/imports/drop-zone";
import { FileList } from "@/components/imports/file-list";
import { PreviewSection } from "@/components/imports/preview-section";
import { useDraft } from "@/components/imports/use-draft";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";

/** Files are chosen, looked at, and only then counted. */
export function NewImport() {
  const t = useTranslations("imports");
  const draft = useDraft();
  const hasReady = draft.files.some(({ state }) => state === "ready");
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("new.title")}</CardTitle>
          <CardDescription>{t("new.lead")}</CardDescription>
        </div>
      </CardHeader>
      <CardContent className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <DropZone onFiles={draft.add} />
        {draft.files.length > 0 && <FileList draft={draft} />}
        {hasReady && !draft.isBusy && draft.importId && <PreviewSection draft={draft} importId={draft.importId} />}
      </CardContent>
    </Card>
  );
}
