"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { UploadIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { UploadProblems, UploadRows } from "@/components/allocation/upload-report";
import { readAllocationAgain } from "@/components/allocation/use-allocation-mutations";
import { DialogForm, FormDialog } from "@/components/forms/form-dialog";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { uploadColumns } from "@/server/allocation/constants";

/** Tags and cost centers from a file: chosen, looked at, and then done. */
export function UploadButton() {
  const t = useTranslations("allocation.upload");
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button variant="outline" onClick={() => setOpen(true)}>
        <UploadIcon />
        {t("open")}
      </Button>
      <FormDialog isOpen={isOpen} onClose={close} isWide>
        {isOpen && <UploadForm onClose={close} />}
      </FormDialog>
    </>
  );
}

const example = [
  "project,proj_abc,team,platform,2026-10-01,",
  "user,user-abc,cost_center,Research,2026-10-01,60",
  "user,user-abc,cost_center,CC-7,2026-10-01,40",
];

function UploadForm({ onClose }: { onClose: () => void }) {
  const t = useTranslations("allocation.upload");
  const org = useOrg().slug;
  const [file, setFile] = useState<{ name: string; text: string } | null>(null);
  const check = useMutation(useTRPC().allocation.upload.mutationOptions());
  const apply = useApply(onClose);
  const report = check.data;
  const isReady = report !== undefined && report.problemCount === 0 && report.rowCount > 0;
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return;
    const read = { name: chosen.name, text: await chosen.text() };
    setFile(read);
    apply.reset();
    check.mutate({ org, text: read.text, isDryRun: true });
  };
  return (
    <DialogForm
      title={t("title")}
      text={t("text")}
      mutation={{ isPending: check.isPending || apply.isPending, error: check.error ?? apply.error }}
      submit={{ label: t("apply", { count: isReady ? report.rowCount : 0 }), isDisabled: !isReady }}
      onSubmit={(event) => {
        event.preventDefault();
        if (file && isReady) apply.mutate({ org, text: file.text, isDryRun: false });
      }}
      onClose={onClose}
    >
      {!report && (
        <pre
          // It scrolls where it is narrow, and so must be reached by the keyboard.
          tabIndex={0}
          aria-label={t("example")}
          className="overflow-x-auto rounded-md bg-muted px-3 py-2.5 font-mono text-xs"
        >
          {[uploadColumns.join(","), ...example].join("\n")}
        </pre>
      )}
      <FileField name={file?.name ?? null} onChoose={(chosen) => void choose(chosen)} />
      {report && report.problemCount > 0 && <UploadProblems report={report} />}
      {report && report.rowCount > 0 && <UploadRows report={report} />}
    </DialogForm>
  );
}

/** What is on the page is of another time once it is done: names, tags and figures are read again. */
function useApply(onDone: () => void) {
  const t = useTranslations("allocation.upload");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.allocation.upload.mutationOptions({
      onSuccess: async ({ rowCount }) => {
        await readAllocationAgain(trpc, queryClient);
        toast.success(t("done", { count: rowCount }));
        onDone();
      },
    }),
  );
}

function FileField({ name, onChoose }: { name: string | null; onChoose: (file: File | undefined) => void }) {
  const t = useTranslations("allocation.upload");
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button variant="outline" size="sm" onClick={() => input.current?.click()}>
        {t("choose")}
      </Button>
      <span className="name-text text-13 text-muted-foreground">{name ?? t("none")}</span>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        tabIndex={-1}
        aria-label={t("choose")}
        className="sr-only"
        onChange={(event) => {
          onChoose(event.target.files?.[0]);
          // The same file can be chosen again, once it is mended.
          event.target.value = "";
        }}
      />
    </div>
  );
}
