"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { useImportWords } from "@/components/imports/use-import-words";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { ImportPreview } from "@/server/imports/schema";

type Props = {
  organization: ImportPreview["organization"];
  connectionId: string | null;
  onChoose: (connectionId: string) => void;
};

/** Whose money it is: as the files say, or as somebody chooses. */
export function OrganizationChoice({ organization, connectionId, onChoose }: Props) {
  const t = useTranslations("imports.preview");
  const { organizationName } = useImportWords();
  const id = useId();
  const { openaiOrgId, isNamed, options } = organization;
  if (!isNamed && options.length > 1) {
    return (
      <div className="grid gap-1.5">
        <Label htmlFor={id}>{t("whose")}</Label>
        <Select value={connectionId ?? ""} onValueChange={onChoose}>
          <SelectTrigger id={id} className="w-full sm:w-80">
            <SelectValue placeholder={t("choose")} />
          </SelectTrigger>
          <SelectContent>
            {options.map((option) => (
              <SelectItem key={option.connectionId} value={option.connectionId}>
                {option.name}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      </div>
    );
  }
  if (openaiOrgId === null) return null;
  const name = options.find((option) => option.openaiOrgId === openaiOrgId)?.name;
  return <p className="text-13 text-muted-foreground">{t("of", { name: organizationName(openaiOrgId, name) })}</p>;
}
