"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { uploadFile } from "@/components/imports/upload-file";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { useErrorToast } from "@/components/lib/use-error-toast";
import { useOrg } from "@/components/orgs/org-context";
import { MAX_FILE_BYTES } from "@/server/imports/constants";
import type { FileRefusal, ImportedFile } from "@/server/imports/schema";

/** A chosen file: on its way (`sent` is 0 to 1), recognised, refused, or not delivered. */
export type ChosenFile = { key: number; name: string; bytes: number } & (
  | { state: "waiting" }
  | { state: "sending"; sent: number }
  | { state: "ready"; file: ImportedFile }
  | { state: "refused"; refusal: Pick<FileRefusal, "code" | "place" | "what"> }
  | { state: "failed"; reason: string }
);

type Change = ChosenFile extends infer File
  ? File extends ChosenFile
    ? Omit<File, "key" | "name" | "bytes">
    : never
  : never;

/** The import that is being put together: its files one after another, the first begins it. */
export function useDraft() {
  const trpc = useTRPC();
  const org = useOrg().slug;
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const onError = useErrorToast();
  const [importId, setImportId] = useState<string | null>(null);
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const draft = useRef<{ importId: string | null; nextKey: number; queue: Promise<void> }>({
    importId: null,
    nextKey: 1,
    queue: Promise.resolve(),
  });
  const change = (key: number, to: Change) =>
    setFiles((all) =>
      all.map((file) => (file.key === key ? { key, name: file.name, bytes: file.bytes, ...to } : file)),
    );
  const refresh = () => queryClient.invalidateQueries(trpc.imports.preview.pathFilter());

  const send = async (key: number, file: File) => {
    if (file.size > MAX_FILE_BYTES) {
      change(key, { state: "refused", refusal: { code: "too_large", place: null, what: null } });
      return;
    }
    change(key, { state: "sending", sent: 0 });
    try {
      const onProgress = (sent: number) => change(key, { state: "sending", sent });
      const answer = await uploadFile({ org, importId: draft.current.importId, file, onProgress });
      draft.current.importId = answer.importId;
      setImportId(answer.importId);
      change(key, answer.file ? { state: "ready", file: answer.file } : { state: "refused", refusal: answer.refusal });
      await refresh();
    } catch (error) {
      change(key, { state: "failed", reason: errorText(error).text });
    }
  };

  const add = (chosen: readonly File[]) => {
    const added = chosen.map((file) => ({ file, key: draft.current.nextKey++ }));
    setFiles((all) => [
      ...all,
      ...added.map(({ file, key }) => ({ key, name: file.name, bytes: file.size, state: "waiting" as const })),
    ]);
    for (const { file, key } of added) draft.current.queue = draft.current.queue.then(() => send(key, file));
  };

  const forget = () => {
    draft.current.importId = null;
    setImportId(null);
    setFiles([]);
  };
  const leaveOut = (key: number) => setFiles((all) => all.filter((file) => file.key !== key));

  const removeFile = useMutation(trpc.imports.removeFile.mutationOptions({ onSuccess: refresh, onError }));
  const discard = useMutation(trpc.imports.discard.mutationOptions({ onError }));
  return {
    importId,
    files,
    isBusy: files.some(({ state }) => state === "waiting" || state === "sending"),
    add,
    forget,
    discard: () => (importId ? discard.mutate({ org, importId }, { onSuccess: forget }) : forget()),
    remove: (file: ChosenFile) => {
      leaveOut(file.key);
      if (file.state === "ready" && importId) removeFile.mutate({ org, importId, fileId: file.file.id });
    },
  };
}

export type Draft = ReturnType<typeof useDraft>;
