"use client";

import { useTranslations } from "next-intl";
import { useSyncWords } from "@/components/sync/use-sync-words";
import type { FileFormat } from "@/server/imports/constants";
import type { FileRefusal } from "@/server/imports/schema";

/** Names and sentences for what the imports report by code. */
export function useImportWords() {
  const format = useTranslations("imports.format");
  const refusal = useTranslations("imports.refusal");
  const t = useTranslations("imports");
  const { streamName } = useSyncWords();
  return {
    formatName: (name: FileFormat) => format(name),
    listName: streamName,
    refusalSentence: ({ code, place, what }: Pick<FileRefusal, "code" | "place" | "what">) =>
      refusal(code, { place: place ?? "", what: what ?? "" }),
    organizationName: (openaiOrgId: string, name?: string | null) =>
      openaiOrgId === "files" ? t("unknownOrganization") : (name ?? openaiOrgId),
  };
}
