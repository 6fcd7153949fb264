"use client";

import { DownloadIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { downloadText } from "@/components/lib/download";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyButton } from "@/components/ui/copy-button";

type RecoveryCodesProps = { codes: readonly string[]; email: string; onDone: () => void };

/** Shown once: goes away when its reader says that the codes are kept. */
export function RecoveryCodes({ codes, email, onDone }: RecoveryCodesProps) {
  const t = useTranslations("account.twoFactor");
  const id = useId();
  const [isKept, setKept] = useState(false);
  const download = () =>
    downloadText(`${t("file", { email })}\n\n${codes.join("\n")}\n`, "tollkeeper-recovery-codes.txt", "text/plain");
  return (
    <div className="grid gap-4">
      <ul className="grid grid-cols-1 gap-x-6 gap-y-1.5 rounded-lg border bg-muted/60 p-4 font-mono text-sm min-[420px]:grid-cols-2">
        {codes.map((code) => (
          <li key={code} className="text-center">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="outline" onClick={download}>
          <DownloadIcon />
          {t("download")}
        </Button>
        <CopyButton value={codes.join("\n")} label={t("copy")} />
      </div>
      <div className="flex items-center gap-2 text-13">
        <Checkbox id={id} checked={isKept} onCheckedChange={(checked) => setKept(checked === true)} />
        <label htmlFor={id}>{t("kept")}</label>
      </div>
      <Button size="lg" disabled={!isKept} onClick={onDone}>
        {t("done")}
      </Button>
    </div>
  );
}
