"use client";

import { XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ChosenFile, Draft } from "@/components/imports/use-draft";
import { useImportWords } from "@/components/imports/use-import-words";
import { useFormat } from "@/components/lib/use-format";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Money } from "@/components/ui/figure";
import { Progress } from "@/components/ui/progress";
import type { ImportedFile } from "@/server/imports/schema";

/** The chosen files: how far each has come, what it is, or why it is not taken. */
export function FileList({ draft }: { draft: Draft }) {
  const t = useTranslations("imports");
  return (
    <ul aria-label={t("files")} className="divide-y rounded-lg border">
      {draft.files.map((file) => (
        <li key={file.key} className="flex items-start gap-3 px-3.5 py-2.5 text-13">
          <div className="min-w-0 flex-1">
            <p className="name-text font-medium">{file.name}</p>
            <FileState file={file} />
          </div>
          <Button
            variant="ghost"
            size="icon"
            disabled={file.state === "waiting" || file.state === "sending"}
            aria-label={t("new.remove", { name: file.name })}
            onClick={() => draft.remove(file)}
          >
            <XIcon />
          </Button>
        </li>
      ))}
    </ul>
  );
}

function FileState({ file }: { file: ChosenFile }) {
  const t = useTranslations("imports");
  const { refusalSentence } = useImportWords();
  switch (file.state) {
    case "waiting":
      return <p className="text-muted-foreground">{t("new.waiting")}</p>;
    case "sending":
      return file.sent < 1 ? (
        <Progress
          className="mt-1.5 max-w-xs"
          value={file.sent * 100}
          aria-label={t("new.sending", { name: file.name })}
        />
      ) : (
        <p className="text-muted-foreground">{t("new.reading")}</p>
      );
    case "ready":
      return <Recognised file={file.file} />;
    case "refused":
      return <p className="text-pretty break-words text-destructive-text">{refusalSentence(file.refusal)}</p>;
    case "failed":
      return <p className="text-pretty text-destructive-text">{file.reason}</p>;
    default:
      return file satisfies never;
  }
}

/** What a file was recognised as, in one line. */
export function Recognised({ file }: { file: ImportedFile }) {
  const t = useTranslations("imports");
  const format = useFormat();
  const { formatName } = useImportWords();
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground">
      <span>{formatName(file.format)}</span>
      {file.firstDay && file.lastDay && (
        <span>
          {format.dayRange(file.firstDay, file.lastDay)} ({t("days", { count: file.days })})
        </span>
      )}
      {file.amount !== null && <Money value={file.amount} className="text-foreground" />}
      {file.rows > 0 && <span>{t("rows", { count: file.rows })}</span>}
      {file.names > 0 && <span>{t("names", { count: file.names })}</span>}
      {file.budgets > 0 && <span>{t("budgets", { count: file.budgets })}</span>}
      {file.openDays > 0 && <Badge variant="warning">{t("openDays", { count: file.openDays })}</Badge>}
      {file.hasMore && <Badge variant="warning">{t("hasMore")}</Badge>}
      {file.leftOutCount > 0 && <LeftOut file={file} />}
    </div>
  );
}

/** What was not taken, each with its place: closed, it is a line. */
function LeftOut({ file: { leftOut, leftOutCount } }: { file: ImportedFile }) {
  const t = useTranslations("imports");
  return (
    <details className="min-w-0 basis-full">
      <summary className="cursor-pointer text-warning-text">{t("leftOut", { count: leftOutCount })}</summary>
      <ul className="mt-1 grid gap-0.5">
        {leftOut.map(({ place, given }, row) => (
          <li key={row} className="min-w-0 wrap-anywhere">
            <span className="font-mono text-xs">{place}</span>:{" "}
            <span dir="auto">{given === "" ? t("nothing") : given}</span>
          </li>
        ))}
        {leftOutCount > leftOut.length && <li>{t("preview.more", { count: leftOutCount - leftOut.length })}</li>}
      </ul>
    </details>
  );
}
